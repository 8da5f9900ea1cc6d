// Ctrl+K. parts/palette.html: <dialog class="palette" id="palette"> with a search form and a list of commands.
//
//   [data-palette-open]                    a link to /search that opens the dialog instead
//   <li role="option" data-href="/cases">  goes there
//   <li role="option" data-command="theme">  changes the theme
//   <li role="option" data-submit hidden>  searches for what is typed; [data-query] inside shows it
import { behaviour, find } from "./dom";

let started: Promise<void> | undefined;

/** False when the page has no palette, as before the sign-in. */
export function openPalette(): boolean {
  const dialog = find<HTMLDialogElement>("#palette");
  if (!dialog) return false;
  if (dialog.open) return true;
  dialog.showModal();
  find<HTMLInputElement>("input[name=q]", dialog)?.select();
  started ??= import("./palette-dialog").then(({ startPalette }) => startPalette(dialog));
  void started.then(() => dialog.dispatchEvent(new Event("palette-open")));
  return true;
}

behaviour("[data-palette-open]", (link) =>
  link.addEventListener("click", (event) => {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!elsewhere && openPalette()) event.preventDefault();
  }),
);
