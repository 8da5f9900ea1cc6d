// Requests to the server: proof against forgery, and what happens when the session has ended meanwhile.
//
//   <meta name="csrf" content="…">   the proof, sent as X-CSRF-Token
//
// A 401 shows a notice with a link that opens the sign-in in another tab: the page and what is typed in it stay.
// After that the proof in this page is of the old session, so a refused request fetches the new one and goes again.
import { find, findAll } from "./dom";
import { text } from "./strings";
import { toast } from "./toast";

export function csrfToken(): string {
  return find<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
}

export function sessionExpired(): void {
  toast(text("sessionExpired"), { href: "/sign-in", text: text("sessionLink") });
}

/** True when the answer is the sign-in page instead of what was asked for. */
export function isSignIn(response: Response): boolean {
  return response.status === 401 || (response.redirected && new URL(response.url).pathname === "/sign-in");
}

/** Takes the current proof from a fresh copy of this page, for the requests and the forms of this one. */
export async function renewCsrf(): Promise<boolean> {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok || isSignIn(response)) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = find<HTMLMetaElement>('meta[name="csrf"]', page)?.content;
  const meta = find<HTMLMetaElement>('meta[name="csrf"]');
  if (!token || !meta || token === meta.content) return false;
  meta.content = token;
  for (const input of findAll<HTMLInputElement>('input[name="csrf"]')) input.value = token;
  return true;
}

/** POSTs `body` form-encoded. Answers of any status are returned; a lost connection rejects. */
export async function post(url: string, body: URLSearchParams, options: { keepalive?: boolean } = {}): Promise<Response> {
  const send = () =>
    fetch(url, {
      method: "POST",
      body,
      keepalive: options.keepalive ?? false,
      headers: { "X-CSRF-Token": csrfToken(), Accept: "application/json" },
    });
  let response = await send();
  if (response.status === 403 && !options.keepalive && (await renewCsrf())) {
    body.set("csrf", csrfToken());
    response = await send();
  }
  if (isSignIn(response)) sessionExpired();
  return response;
}
