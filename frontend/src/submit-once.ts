// <form data-submit-once>: a second click while the first is under way does nothing, and the button shows the wait.
// The server makes one case of two equal sends by itself; this only spares the person a surprise.
import { behaviour, find } from "./dom";

function release(form: HTMLElement): void {
  delete form.dataset.busy;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    find(".spinner", button)?.remove();
  }
}

behaviour("form[data-submit-once]", (form) => {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.busy) return event.preventDefault();
    form.dataset.busy = "true";
    const button = event.submitter ?? find("button:not([type=button])", form);
    button?.setAttribute("aria-busy", "true");
    const spinner = document.createElement("span");
    spinner.className = "spinner";
    button?.prepend(spinner);
  });
  // The back button may bring the page out of memory as it was left: with its button waiting.
  window.addEventListener("pageshow", (event) => event.persisted && release(form));
});
