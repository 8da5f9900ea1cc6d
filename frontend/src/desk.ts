// The console:
//
//   <a class="row-link" data-preview="/desk?…&case=06746620">   shown in #preview when its row is reached by the keyboard
//                                                                or clicked; Enter opens the case itself
//   X    chooses the row at hand      T    takes the chosen, or the row at hand      R    begins an answer
//
// Where there is no room for the preview, a row is a plain link.
import { find, findAll } from "./dom";
import { loadFragments } from "./lazy";

const settle = 120; // ms: J held down does not load every case on its way
let wanted = "";
let timer = 0;

function hasRoom(): boolean {
  const preview = find("#preview");
  return preview !== null && getComputedStyle(preview).display !== "none";
}

function rowOf(element: Element | null): HTMLTableRowElement | null {
  return element?.closest<HTMLTableRowElement>(".queue-table tbody tr") ?? null;
}

function mark(row: Element | null): void {
  findAll(".queue-table .is-current").forEach((other) => other.classList.remove("is-current"));
  row?.classList.add("is-current");
}

// What is being typed is not thrown away by looking at another case.
function isTyping(): boolean {
  return Boolean(find<HTMLTextAreaElement>("#preview textarea")?.value.trim());
}

function preview(link: HTMLAnchorElement): void {
  const address = link.dataset.preview;
  if (!address || !hasRoom() || isTyping()) return;
  wanted = address;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    void loadFragments()
      .then(({ replaceRegion }) => replaceRegion("#preview", address))
      .then(() => {
        if (wanted === address) mark(rowOf(link));
      });
  }, settle);
}

function choose(row: Element | null): boolean {
  const box = row?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  if (!box) return false;
  box.checked = !box.checked;
  return true;
}

function take(): boolean {
  const row = rowOf(document.activeElement) ?? find(".queue-table .is-current");
  if (!find(".queue-table :checked") && !choose(row)) return false;
  find<HTMLButtonElement>('.queue-chosen [value="take"]')?.click();
  return true;
}

function answer(): boolean {
  const text = find<HTMLTextAreaElement>("#preview textarea");
  if (!text || !hasRoom()) return false;
  text.focus();
  return true;
}

/** The console's own keys; whether one of them was pressed. */
export function deskKey(code: string): boolean {
  if (!find(".queue-table")) return false;
  if (code === "KeyX") return choose(rowOf(document.activeElement));
  if (code === "KeyT") return take();
  return code === "KeyR" && answer();
}

document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLAnchorElement && event.target.dataset.preview) preview(event.target);
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-preview]") : null;
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  // Enter on a link is a click without a pointer: it opens the case.
  if (!link || !plain || event.detail === 0 || event.detail > 1 || !hasRoom() || isTyping()) return;
  event.preventDefault();
  link.focus();
  preview(link);
});
