// <button data-print>: opens the browser's print dialog. Whatever is folded is unfolded on paper.
import { behaviour, findAll } from "./dom";

behaviour("[data-print]", (button) => button.addEventListener("click", () => window.print()));

export function startPrint(): void {
  let unfolded: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    unfolded = findAll<HTMLDetailsElement>("details.disclosure:not([open], .no-print)");
    for (const details of unfolded) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of unfolded) details.open = false;
  });
}
