// Keys. <html data-shortcuts="off"> switches the single-letter ones off (WCAG 2.1.4); Ctrl+K and Ctrl+Enter stay.
//
//   data-shortcut="KeyC"    on a link, button or summary: that key activates it
//   data-submit-key         on a submit button: Ctrl+Enter inside its form presses it
//   .data-table .row-link   J and K move between the rows
//
// Keys are told by their place (event.code), so they work on a Russian layout as well.
import { deskKey } from "./desk";
import { find, findAll } from "./dom";
import { openPalette } from "./palette";

const writing = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], dialog';

function moveBetweenRows(step: 1 | -1): void {
  const links = findAll<HTMLAnchorElement>(".data-table .row-link");
  const current = links.findIndex((link) => link === document.activeElement);
  const next = current === -1 ? (step === 1 ? 0 : links.length - 1) : current + step;
  links[Math.max(0, Math.min(links.length - 1, next))]?.focus();
}

function submitFormOf(target: Element): boolean {
  const button = target.closest("form")?.querySelector<HTMLButtonElement>("[data-submit-key]");
  button?.click();
  return Boolean(button);
}

function pressed(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : document.body;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.code === "Enter") return submitFormOf(target);
  if (command && event.code === "KeyK") return openPalette();
  if (command || event.altKey || document.documentElement.dataset.shortcuts === "off") return false;
  if (target.closest(writing)) return false;
  if (event.key === "?") return openPalette();
  if (event.code === "KeyJ" || event.code === "KeyK") {
    moveBetweenRows(event.code === "KeyJ" ? 1 : -1);
    return true;
  }
  if (deskKey(event.code)) return true;
  const element = /^Key[A-Z]$/.test(event.code) ? find(`[data-shortcut="${event.code}"]`) : null;
  element?.click();
  return element !== null;
}

export function startShortcuts(): void {
  document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && !event.isComposing && !event.repeat && pressed(event)) event.preventDefault();
  });
}
