// htmx, for the pages that use hx-* attributes or refresh a region. Every such element is a working link or form
// without it. What the server may answer is the fragment or the full page: hx-select takes the part that is wanted.
//
//   <form data-announce="…" hx-post="…" hx-target="#follow" hx-select="#follow" hx-swap="outerMorph">
//
// data-announce of what has arrived is said by the toast. An answer that is not the page asked for (an error, the
// sign-in page) changes nothing on the screen.
import htmx from "htmx.org/dist/htmx.esm.js";
import { start } from "./dom";
import { csrfToken, isSignIn, renewCsrf, sessionExpired } from "./http";
import { text } from "./strings";
import { toast } from "./toast";

interface Context {
  request: { method: string; headers: Record<string, string> };
  response?: { raw: Response };
  sourceElement?: Element;
  target?: Element | string;
}

const contextOf = (event: Event) => (event as CustomEvent<{ ctx: Context }>).detail.ctx;

document.addEventListener("htmx:config:request", (event) => {
  const { request } = contextOf(event);
  if (request.method !== "GET") request.headers["X-CSRF-Token"] = csrfToken();
});

document.addEventListener("htmx:before:response", (event) => {
  const response = contextOf(event).response?.raw;
  if (!response || (response.ok && !isSignIn(response))) return;
  event.preventDefault();
  if (isSignIn(response)) return sessionExpired();
  toast(text("networkFailed"));
  if (response.status === 403) void renewCsrf();
});

document.addEventListener("htmx:error", () => toast(text("networkFailed")));

document.addEventListener("htmx:after:swap", (event) => {
  start(document);
  const announcement = contextOf(event).sourceElement?.closest<HTMLElement>("[data-announce]")?.dataset.announce;
  if (announcement) toast(announcement);
});

/** Fetches `url` and morphs the part that `selector` names into the page. */
export async function replaceRegion(selector: string, url: string): Promise<void> {
  await htmx.ajax("GET", url, { target: selector, select: selector, swap: "outerMorph" });
}
