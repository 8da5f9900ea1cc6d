// What is typed is kept on the server while it is typed:
//
//   <form data-draft="ID" data-draft-version="3">       the draft of this form
//     <input type="hidden" name="draft" value="ID">     goes with the form, which ends the draft
//     <span class="draft-note" data-draft-note role="status"><svg class="icon"/><span></span></span>
//
// POST /drafts/ID with the form's fields and `version` answers {"saved_at": ISO time, "id": …, "version": …}; id and
// version are taken over. 409: the draft was changed elsewhere; its version comes along. When saving fails the fields
// stay in the tab's own store, which outlives a reload and a crash, and saving is tried again.
import { behaviour, find } from "./dom";
import { isSignIn, post } from "./http";
import { clockTime, text } from "./strings";

const typingPause = 800;
const retryPause = 5000;

interface Saved {
  saved_at: string;
  id: string;
  version: number;
}

function fields(form: HTMLFormElement): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrf" && name !== "draft") parameters.append(name, value);
  }
  return parameters;
}

/** Gives back what a failed save left in this tab. Only text: files are the server's. */
function restore(form: HTMLFormElement, kept: URLSearchParams): void {
  for (const [name, value] of kept) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type !== "hidden" && field.type !== "file") field.value = value;
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = value;
  }
}

function startDraft(form: HTMLFormElement): void {
  const note = find("[data-draft-note]", form);
  const storeKey = () => `draft:${form.dataset.draft}`;
  let timer = 0;
  let lastSaved = fields(form).toString();
  let sending = false;
  let finished = false;

  const say = (message: string, failed: boolean) => {
    if (!note) return;
    note.classList.add("is-shown");
    note.classList.toggle("is-failed", failed);
    find("span", note)?.replaceChildren(message);
  };

  const later = (pause: number) => {
    clearTimeout(timer);
    if (!finished) timer = window.setTimeout(() => void save(), pause);
  };

  const takeOver = (saved: Saved) => {
    sessionStorage.removeItem(storeKey());
    form.dataset.draft = saved.id;
    form.dataset.draftVersion = String(saved.version);
    const hidden = find<HTMLInputElement>('input[name="draft"]', form);
    if (hidden) hidden.value = saved.id;
    const moment = new Date(saved.saved_at);
    say(text("draftSaved", clockTime(Number.isNaN(moment.getTime()) ? new Date() : moment)), false);
  };

  const body = (current: URLSearchParams) => {
    const sent = new URLSearchParams(current);
    sent.set("version", form.dataset.draftVersion ?? "0");
    return sent;
  };

  const save = async () => {
    const current = fields(form);
    if (current.toString() === lastSaved) return;
    if (sending) return later(typingPause);
    sending = true;
    try {
      const response = await post(`/drafts/${form.dataset.draft}`, body(current));
      if (response.status === 409) {
        // The words of this tab are newer: they are said to differ, and the next change saves over the other ones.
        const { version } = (await response.json().catch(() => ({}))) as Partial<Saved>;
        if (version !== undefined) form.dataset.draftVersion = String(version);
        sessionStorage.setItem(storeKey(), current.toString());
        return say(text("draftConflict"), true);
      }
      if (!response.ok || isSignIn(response)) throw new Error(String(response.status));
      takeOver((await response.json()) as Saved);
      lastSaved = current.toString();
    } catch {
      sessionStorage.setItem(storeKey(), current.toString());
      say(text("draftFailed"), true);
      later(retryPause);
    } finally {
      sending = false;
    }
  };

  const kept = sessionStorage.getItem(storeKey());
  if (kept) {
    restore(form, new URLSearchParams(kept));
    later(typingPause);
  }

  form.addEventListener("input", () => later(typingPause));
  form.addEventListener("change", () => later(typingPause));
  // Runs after the listeners that may still hold the form back
  form.addEventListener("submit", (event) =>
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      finished = true;
      clearTimeout(timer);
      sessionStorage.removeItem(storeKey());
    }),
  );
  window.addEventListener("pagehide", () => {
    const current = fields(form);
    if (finished || current.toString() === lastSaved) return;
    sessionStorage.setItem(storeKey(), current.toString());
    post(`/drafts/${form.dataset.draft}`, body(current), { keepalive: true }).catch(() => undefined);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) finished = false;
  });
}

behaviour("form[data-draft]", (form) => startDraft(form as HTMLFormElement));
