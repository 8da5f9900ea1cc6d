// <div class="error-summary" role="alert" tabindex="-1"><h2>…</h2><ul><li><a href="#subject">…</a></li></ul></div>
// The summary is focused when the page opens; its links focus their fields.
import { behaviour, findAll } from "./dom";

behaviour(".error-summary", (summary) => {
  summary.focus();
  for (const link of findAll<HTMLAnchorElement>('a[href^="#"]', summary)) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.scrollIntoView({ block: "center" });
    });
  }
});
