// Files that go to the server while the form is still being filled in.
//
//   <div class="dropzone" data-uploads="files" data-endpoint="/uploads" data-max-size="104857600" data-max-files="50">
//     … <input type="file" name="files" multiple>          what serves where scripts do not run
//   <ul class="file-list" id="files">                      the list; the server fills in what it has got already:
//     <li class="file" data-upload="ID" data-state="done">  … <button data-remove> <input type="hidden" name="upload">
//     <li class="file" data-upload="ID" data-state="partial" data-name="…" data-size="…" data-offset="…">
//                                                          unfinished: goes on when the same file is chosen again
//   <template id="upload-template">                        see file-row.ts
//
// data-auto-submit on the zone sends the form by itself when all is uploaded (attachments of an open case).
// Files come from the button, from dropping anywhere on the page, and from pasting an image. Sending the form waits
// for what is on its way.
import { find, findAll } from "./dom";
import { FileRow } from "./file-row";
import { clockTime, fileSize, text } from "./strings";
import { toast } from "./toast";
import type { Transfer } from "./uploads";

const atOnce = 3;
const loadUploads = () => import("./uploads");

interface Item {
  file: File;
  row: FileRow;
  known: string | null;
  transfer?: Transfer;
}

class Dropzone {
  private readonly endpoint: string;
  private readonly maxSize: number;
  private readonly maxFiles: number;
  private readonly waiting: Item[] = [];
  private readonly running = new Set<Item>();
  private readonly form: HTMLFormElement | null;
  private heldBack: HTMLElement | null | undefined;

  constructor(
    private readonly zone: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
  ) {
    this.endpoint = zone.dataset.endpoint ?? "/uploads";
    this.maxSize = Number(zone.dataset.maxSize ?? Infinity);
    this.maxFiles = Number(zone.dataset.maxFiles ?? Infinity);
    this.form = zone.closest("form");
    input.addEventListener("change", () => {
      this.add([...(input.files ?? [])]);
      input.value = "";
    });
    for (const row of findAll("[data-upload]", list)) this.adopt(row);
    this.form?.addEventListener("submit", (event) => this.holdBack(event), { capture: true });
    window.addEventListener("online", () => {
      for (const button of findAll("[data-retry]:not([hidden])", list)) button.click();
    });
  }

  add(files: File[]): void {
    let tooMany = false;
    for (const file of files) {
      if (this.list.childElementCount >= this.maxFiles && !this.unfinished(file)) {
        tooMany = true;
        continue;
      }
      this.addOne(file);
    }
    if (tooMany) toast(text("uploadTooMany", this.maxFiles));
    this.next();
  }

  private addOne(file: File): void {
    const row = new FileRow(file.name, file.size);
    if (file.size > this.maxSize) {
      this.list.append(row.element);
      row.showFailure(text("uploadTooLarge", fileSize(this.maxSize)), false);
      row.onRemove(() => this.remove(row.element, file.name));
      return;
    }
    const earlier = this.unfinished(file);
    const item: Item = { file, row, known: earlier ? `${this.endpoint}/${earlier.dataset.upload}` : null };
    if (earlier) earlier.replaceWith(row.element);
    else this.list.append(row.element);
    row.onRemove(() => this.discard(item));
    row.onRetry(() => {
      row.showProgress(0);
      this.waiting.push(item);
      this.next();
    });
    this.waiting.push(item);
  }

  /** The line of an upload that an earlier page began with this very file. */
  private unfinished(file: File): HTMLElement | undefined {
    return findAll('[data-state="partial"]', this.list).find(
      ({ dataset }) => dataset.name === file.name && Number(dataset.size) === file.size,
    );
  }

  private next(): void {
    while (this.running.size < atOnce) {
      const item = this.waiting.shift();
      if (!item) break;
      this.running.add(item);
      void this.send(item);
    }
    if (this.running.size === 0) this.settled();
  }

  private async send(item: Item): Promise<void> {
    const { file, row } = item;
    try {
      item.transfer ??= (await loadUploads()).transfer(file, this.endpoint, this.form?.dataset.draft ?? "", item.known, {
        progress: (sent) => row.showProgress(sent),
        done: (id) => {
          row.showDone(id);
          toast(text("uploadDoneAnnounce", file.name));
          this.changed();
          this.finished(item);
        },
        failed: (status) => {
          const tooLarge = status === 413;
          row.showFailure(tooLarge ? text("uploadTooLarge", fileSize(this.maxSize)) : text("uploadFailed"), !tooLarge);
          this.finished(item);
        },
      });
      if (this.running.has(item)) item.transfer.start();
    } catch {
      row.showFailure(text("uploadFailed"), true);
      this.finished(item);
    }
  }

  private finished(item: Item): void {
    this.running.delete(item);
    this.next();
  }

  private discard(item: Item): void {
    const place = this.waiting.indexOf(item);
    if (place >= 0) this.waiting.splice(place, 1);
    const id = item.row.element.dataset.upload;
    if (id) this.forget(id);
    else item.transfer?.discard();
    this.remove(item.row.element, item.file.name);
    this.finished(item);
  }

  private forget(id: string): void {
    void loadUploads().then(({ discard }) => discard(this.endpoint, id).catch(() => undefined));
  }

  /** A line that the server has rendered. */
  private adopt(row: HTMLElement): void {
    const { upload, state, offset, size } = row.dataset;
    const name = find(".file-name", row)?.textContent ?? "";
    const status = find("[data-status]", row);
    if (state === "partial" && status) {
      status.textContent = text("uploadResume", fileSize(Number(offset)), fileSize(Number(size)));
    }
    find("[data-remove]", row)?.addEventListener("click", () => {
      if (upload) this.forget(upload);
      this.remove(row, name);
    });
  }

  private remove(row: HTMLElement, name: string): void {
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (neighbour ? find("[data-remove]", neighbour) : this.input)?.focus();
    toast(text("uploadRemoved", name));
    this.changed();
  }

  /** Tells the draft that the form's fields are different. */
  private changed(): void {
    this.form?.dispatchEvent(new Event("change"));
  }

  private holdBack(event: SubmitEvent): void {
    if (this.running.size + this.waiting.length > 0) {
      this.heldBack = event.submitter;
      toast(text("uploadPending"));
    } else {
      const failed = find('[data-state="failed"] button:not([hidden])', this.list);
      if (!failed) return;
      failed.focus();
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  private settled(): void {
    const failed = find('[data-state="failed"]', this.list);
    const auto = this.zone.hasAttribute("data-auto-submit") && find('input[name="upload"]', this.list);
    if ((this.heldBack !== undefined || auto) && !failed) this.form?.requestSubmit(this.heldBack);
    this.heldBack = undefined;
  }
}

/** Drop zones of the page; where a file falls or is pasted decides which one gets it. */
const zones: { element: HTMLElement; zone: Dropzone }[] = [];

function zoneFor(target: EventTarget | null): { element: HTMLElement; zone: Dropzone } | undefined {
  const form = target instanceof Element ? target.closest("form") : null;
  return zones.find(({ element }) => form?.contains(element)) ?? zones[0];
}

function startPageWide(): void {
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const mark = (over: boolean) => {
    for (const { element } of zones) element.classList.toggle("is-over", over);
  };
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && mark(false));
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(false);
    zoneFor(event.target)?.zone.add([...(event.dataTransfer?.files ?? [])]);
  });
  document.addEventListener("paste", (event) => {
    const images = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (images.length === 0) return;
    event.preventDefault();
    const time = clockTime(new Date()).replace(":", "-");
    const named = images.map((image, index) => {
      const extension = image.type.split("/")[1] ?? "png";
      const number = images.length > 1 ? ` ${index + 1}` : "";
      return new File([image], `${text("uploadPasted", time)}${number}.${extension}`, { type: image.type });
    });
    zoneFor(event.target)?.zone.add(named);
  });
}

export function startDropzone(element: HTMLElement): void {
  const input = find<HTMLInputElement>("input[type=file]", element);
  const list = document.getElementById(element.dataset.uploads ?? "");
  if (!input || !list) return;
  if (zones.length === 0) startPageWide();
  zones.push({ element, zone: new Dropzone(element, input, list) });
}
