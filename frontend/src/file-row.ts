// One line of a list of files that are uploaded, made from
//
//   <template id="upload-template"><li class="file">
//     <span class="file-icon"><svg…></span> <span class="file-name"></span>
//     <button data-retry hidden> <button data-remove>
//     <span class="file-meta"><progress max="100"></progress><span data-status></span></span>
//     <span class="error" role="alert" data-error hidden></span></li></template>
import { find } from "./dom";
import { fileSize, text } from "./strings";

const kinds: [RegExp, string, string][] = [
  [/\.(png|jpe?g|gif|webp|bmp|heic|tiff?|svg)$/i, "image", "image"],
  [/\.pdf$/i, "pdf", "file-text"],
  [/\.(xlsx?|ods|csv)$/i, "sheet", "file-spreadsheet"],
  [/\.(docx?|odt|rtf|txt|log)$/i, "text", "file-text"],
  [/\.(zip|rar|7z|gz|tar)$/i, "archive", "file-archive"],
  [/\.(mp4|mov|avi|mkv|webm)$/i, "video", "file-video-camera"],
];

function showKind(icon: HTMLElement, name: string): void {
  const [, className, symbol] = kinds.find(([pattern]) => pattern.test(name)) ?? [];
  const use = icon.querySelector("use");
  if (!className || !symbol || !use) return;
  icon.classList.add(className);
  use.setAttribute("href", (use.getAttribute("href") ?? "").replace(/#.*/, `#${symbol}`));
}

export class FileRow {
  readonly element: HTMLElement;

  constructor(
    readonly name: string,
    readonly size: number,
  ) {
    const template = document.getElementById("upload-template") as HTMLTemplateElement;
    this.element = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    this.part(".file-name").textContent = name;
    this.part(".file-name").title = name;
    this.part("progress").setAttribute("aria-label", text("uploadLabel", name));
    this.part("[data-remove]").setAttribute("aria-label", text("uploadRemove", name));
    this.part("[data-retry]").setAttribute("aria-label", text("uploadRetry", name));
    showKind(this.part(".file-icon"), name);
    this.showProgress(0);
  }

  private part(selector: string): HTMLElement {
    const element = find(selector, this.element);
    if (!element) throw new Error(`#upload-template lacks ${selector}`);
    return element;
  }

  onRemove(action: () => void): void {
    this.part("[data-remove]").addEventListener("click", action);
  }

  onRetry(action: () => void): void {
    this.part("[data-retry]").addEventListener("click", action);
  }

  private show(state: "uploading" | "failed" | "done", message: string): void {
    this.element.dataset.state = state;
    this.element.classList.toggle("is-failed", state === "failed");
    this.part("progress").hidden = state !== "uploading";
    this.part("[data-retry]").hidden = true;
    this.part("[data-error]").hidden = state !== "failed";
    this.part("[data-status]").textContent = message;
  }

  showProgress(sent: number): void {
    const percent = this.size ? Math.floor((100 * sent) / this.size) : 0;
    this.show("uploading", text("uploadProgress", percent, fileSize(sent), fileSize(this.size)));
    (this.part("progress") as HTMLProgressElement).value = percent;
  }

  showFailure(message: string, mayRetry: boolean): void {
    this.show("failed", fileSize(this.size));
    this.part("[data-error]").textContent = message;
    this.part("[data-retry]").hidden = !mayRetry;
  }

  /** The form carries the upload's id from here on. */
  showDone(id: string): void {
    this.show("done", `${fileSize(this.size)} · ${text("uploadDone")}`);
    this.element.dataset.upload = id;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "upload";
    field.value = id;
    this.element.append(field);
  }
}
