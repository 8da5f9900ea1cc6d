// Words that scripts show. The server gives them in the page's language, in data attributes of one element:
//
//   <template id="strings" data-draft-saved="Черновик сохранён в {0}" …></template>
//
// reference/parts/strings.html is the full list.

const strings = document.getElementById("strings")?.dataset ?? {};
export const language = document.documentElement.lang || "ru";

/** text("draftSaved", "11:48") gives data-draft-saved with {0} filled in. A missing string shows its own name. */
export function text(name: string, ...values: (string | number)[]): string {
  const pattern = strings[name];
  if (pattern === undefined) return name;
  return pattern.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ""));
}

const oneDecimal = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

/** 3460300 -> «3,3 МБ», with a space that does not break */
export function fileSize(bytes: number): string {
  const units = text("sizeUnits").split(" ");
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit += 1;
  }
  return `${oneDecimal.format(unit === 1 ? Math.round(bytes) : bytes)}\u00a0${units[unit] ?? ""}`;
}

/** «11:48» in the person's zone (<html data-time-zone="Europe/Moscow">), else in the computer's. */
export function clockTime(moment: Date): string {
  const timeZone = document.documentElement.dataset.timeZone;
  return moment.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", ...(timeZone && { timeZone }) });
}
