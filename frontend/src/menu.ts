// Menus and «?» helps are <details class="menu"> and <details class="help">; they open without scripts.
// Scripts add: Escape closes the innermost and gives focus back, a click outside closes.
import { findAll } from "./dom";

const openOnes = "details:is(.menu, .help)[open]";

export function startMenus(): void {
  document.addEventListener("click", (event) => {
    for (const details of findAll<HTMLDetailsElement>(openOnes)) {
      const inside = event.target instanceof Node && details.contains(event.target);
      if (!inside && details.classList.contains("menu")) details.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const focused = document.activeElement?.closest<HTMLDetailsElement>(openOnes);
    const details = focused ?? findAll<HTMLDetailsElement>(openOnes).at(-1);
    if (!details) return;
    event.preventDefault();
    details.open = false;
    details.querySelector<HTMLElement>("summary")?.focus();
  });
}
