// Parts that load only on the pages that hold their HTML, or when they are first used.
import { behaviour, find } from "./dom";

export const loadFragments = () => import("./fragments");

behaviour(".combobox[data-source]", (box) => {
  void import("./combobox").then(({ startCombobox }) => startCombobox(box));
});

behaviour("[data-uploads]", (zone) => {
  void import("./dropzone").then(({ startDropzone }) => startDropzone(zone));
});

export function startLazyParts(): void {
  if (find("[hx-get], [hx-post], [data-refresh]")) void loadFragments();
  if (find("relative-time")) void import("./relative-time");
  if (find("markdown-toolbar")) void import("./markdown-toolbar");
}
