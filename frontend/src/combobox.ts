// A look-up that offers what the server finds, by the ARIA 1.2 combobox pattern:
//
//   <div class="combobox" data-source="/products" data-min="3">
//     <input class="input" name="product" list="product-names">   the datalist serves where scripts do not run
//     <input type="hidden" name="product_id">
//     <ul class="listbox" role="listbox" id="product-list" aria-label="…" hidden></ul>
//     <span class="visually-hidden" role="status"></span>
//   </div>
//
// GET {data-source}?q=… with X-Fragment: 1 answers the options:
//
//   <li class="option" role="option" data-id="17" data-value="Qapter Claims">{icon}<span><mark>Qap</mark>ter Claims</span>
//     <span class="muted">…</span></li>
//
// Typing forgets the chosen id, so that text and id cannot differ. From data-min characters the list opens by itself;
// Enter opens it whole (?q=…&all=1) when nothing in it is picked, and never sends the form while doing so.
import Combobox from "@github/combobox-nav";
import { find, findAll } from "./dom";
import { language, text } from "./strings";

const delay = 120;

export function startCombobox(box: HTMLElement): void {
  const input = find<HTMLInputElement>("input:not([type=hidden])", box);
  const list = find('[role="listbox"]', box);
  const status = find('[role="status"]', box);
  const id = find<HTMLInputElement>("input[type=hidden]", box);
  const source = box.dataset.source;
  if (!input || !list || !status || !source) return;

  const least = Number(box.dataset.min ?? 1);
  input.removeAttribute("list");
  input.autocomplete = "off";
  const navigation = new Combobox(input, list, { tabInsertsSuggestions: false });
  let timer = 0;
  let request: AbortController | undefined;

  const close = () => {
    clearTimeout(timer);
    request?.abort();
    navigation.stop();
    list.hidden = true;
  };

  const open = () => {
    list.hidden = false;
    // start() adds its listeners again on every call, and they are the same functions: once is enough, twice is harmless
    navigation.start();
  };

  const nothingFound = () => {
    const item = document.createElement("li");
    item.className = "option";
    item.role = "option";
    item.ariaDisabled = "true";
    item.textContent = text("comboboxNone");
    return item;
  };

  const announce = (count: number) => {
    status.textContent = count
      ? text("comboboxFound", new Intl.NumberFormat(language).format(count))
      : text("comboboxNone");
  };

  const load = async (all: boolean) => {
    const query = input.value.trim();
    if ([...query].length < least && !all) return close();
    request?.abort();
    const current = (request = new AbortController());
    input.setAttribute("aria-busy", "true");
    try {
      const parameters = new URLSearchParams({ q: query, ...(all && { all: "1" }) });
      const response = await fetch(`${source}?${parameters}`, { headers: { "X-Fragment": "1" }, signal: current.signal });
      if (!response.ok) throw new Error(String(response.status));
      list.innerHTML = await response.text();
    } catch {
      if (current.signal.aborted) return;
      status.textContent = text("comboboxFailed");
      return close();
    } finally {
      if (request === current) input.removeAttribute("aria-busy");
    }
    const options = findAll('[role="option"]', list);
    options.forEach((option, index) => (option.id ||= `${list.id}-${index}`));
    announce(options.length);
    if (options.length === 0) list.replaceChildren(nothingFound());
    open();
  };

  input.addEventListener("input", () => {
    if (id) id.value = "";
    for (const choice of findAll<HTMLInputElement>(`input[name="${input.name}_choice"]`)) choice.checked = false;
    clearTimeout(timer);
    timer = window.setTimeout(() => void load(false), delay);
  });

  input.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !input.getAttribute("aria-activedescendant")) {
      // An option that is picked is the library's; otherwise Enter asks for the list, it does not send the form.
      event.preventDefault();
      clearTimeout(timer);
      void load(true);
    } else if (event.key === "ArrowDown" && !isOpen) {
      event.preventDefault();
      void load(true).then(() => !list.hidden && navigation.navigate(1));
    }
  });

  input.addEventListener("blur", () => window.setTimeout(close, 150));
  // Pressing the mouse on an option or on the scroll bar must not take the focus away and close the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());

  list.addEventListener("combobox-commit", (event) => {
    const option = event.target as HTMLElement;
    input.value = option.dataset.value ?? option.textContent?.trim() ?? "";
    if (id) id.value = option.dataset.id ?? "";
    status.textContent = input.value;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
