// What happens inside the palette once it is open; see palette.ts for its HTML.
import Combobox from "@github/combobox-nav";
import { find, findAll } from "./dom";
import { text } from "./strings";
import { toggleTheme } from "./theme";

export function startPalette(dialog: HTMLDialogElement): void {
  const input = find<HTMLInputElement>("input[name=q]", dialog);
  const list = find('[role="listbox"]', dialog);
  const status = find('[role="status"]', dialog);
  if (!input || !list || !status) return;

  const options = findAll('[role="option"]', list);
  const navigation = new Combobox(input, list, { tabInsertsSuggestions: false, firstOptionSelectionMode: "active" });

  const filter = () => {
    const wanted = input.value.trim().toLocaleLowerCase();
    for (const option of options) {
      const isSearch = option.hasAttribute("data-submit");
      const matches = (option.textContent ?? "").toLocaleLowerCase().includes(wanted);
      option.hidden = isSearch ? wanted === "" : !matches;
      if (isSearch) find("[data-query]", option)?.replaceChildren(input.value.trim());
    }
    status.textContent = text("comboboxFound", options.filter((option) => !option.hidden).length);
    navigation.resetSelection();
  };

  list.addEventListener("combobox-commit", (event) => {
    const option = event.target as HTMLElement;
    if (option.dataset.href) location.assign(option.dataset.href);
    else if (option.dataset.command === "theme") toggleTheme();
    else return input.form?.requestSubmit();
    dialog.close();
  });
  input.addEventListener("input", filter);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => navigation.stop());
  dialog.addEventListener("palette-open", () => {
    navigation.start();
    filter();
  });
}
