// A list that keeps itself true:
//
//   <div id="case-results" data-refresh="30">            the part that is fetched anew from this page's address
//     … <time data-updated datetime="2026-11-23T09:05:00Z" data-just-now="несколько секунд назад">…</time>
//   <a href="…" data-refresh-now>Обновить</a>            at once
//
// Only while the page is looked at. Rows are morphed in place, so focus, selection and scrolling stay where they are.
import { behaviour, find } from "./dom";
import { loadFragments } from "./lazy";
import { language } from "./strings";

const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

function age(seconds: number, justNow: string): string {
  if (seconds < 60) return justNow;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? relative.format(-minutes, "minute") : relative.format(-Math.floor(minutes / 60), "hour");
}

async function refresh(region: HTMLElement): Promise<void> {
  const { replaceRegion } = await loadFragments();
  await replaceRegion(`#${region.id}`, location.pathname + location.search);
}

function startRefresh(region: HTMLElement): void {
  const selector = `#${region.id}`;
  const interval = Number(region.dataset.refresh) * 1000;
  let shown = "";
  let since = Date.now();
  let asked = Date.now();

  // The time is counted from when the list came, not from the server's clock: the two may differ.
  window.setInterval(() => {
    const current = find(selector);
    const time = current && find<HTMLTimeElement>("time[data-updated]", current);
    if (!current || !time) return;
    if (time.dateTime !== shown) {
      shown = time.dateTime;
      since = Date.now();
      time.dataset.justNow ??= time.textContent ?? "";
    }
    const words = age((Date.now() - since) / 1000, time.dataset.justNow ?? "");
    if (time.textContent !== words) time.textContent = words;
    if (document.visibilityState === "visible" && Date.now() - asked >= interval) {
      asked = Date.now();
      void refresh(current);
    }
  }, 1000);
}

behaviour("[data-refresh]", startRefresh);

behaviour("[data-refresh-now]", (link) =>
  link.addEventListener("click", (event) => {
    const region = find("[data-refresh]");
    if (!region) return;
    event.preventDefault();
    void refresh(region);
  }),
);
