// A region that hears at once when there is something new:
//
//   <div id="queue-rows" data-refresh="20" data-live="/events">
//
// The stream only says that something changed; the region is then fetched anew, at most once a second, at a moment of
// its own so that a thousand pages do not ask together. Nothing is lost when the stream breaks: data-refresh goes on.
import { behaviour, find } from "./dom";
import { loadFragments } from "./lazy";

const spread = 300; // ms
const pause = 1000; // ms between two refreshes

behaviour("[data-live]", (region) => {
  let due = 0;
  let last = 0;

  const refresh = async (): Promise<void> => {
    due = 0;
    last = Date.now();
    const { replaceRegion } = await loadFragments();
    const address = location.pathname + location.search;
    // Boxes that are ticked stay so: the rows are morphed, and the one at hand keeps the focus.
    await replaceRegion(`#${region.id}`, address);
    if (find("#queue-counts")) await replaceRegion("#queue-counts", address);
  };

  const news = (): void => {
    if (due !== 0 || document.visibilityState !== "visible") return;
    const wait = Math.max(0, last + pause - Date.now()) + Math.random() * spread;
    due = window.setTimeout(() => void refresh(), wait);
  };

  const stream = new EventSource(region.dataset.live ?? "");
  stream.addEventListener("message", news);
  // A browser that shows the page again from its cache has to listen anew.
  window.addEventListener("pagehide", () => stream.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  document.addEventListener("visibilitychange", news);
});
