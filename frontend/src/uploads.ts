// One file on its way to the server by tus 1.0: pieces are acknowledged, a broken connection goes on from the last one.
// Loaded when the first file is chosen.
import { Upload, type UploadOptions } from "tus-js-client";
import { csrfToken, renewCsrf, sessionExpired } from "./http";

const retryDelays = [0, 1000, 3000, 5000, 10000];

export interface Events {
  progress(sent: number, total: number): void;
  done(id: string): void;
  failed(status: number): void;
}

export interface Transfer {
  start(): void;
  /** Stops, and has the server forget what it has got. */
  discard(): void;
}

const idOf = (url: string) => new URL(url, location.href).pathname.split("/").at(-1) ?? "";

/**
 * `draft` tells the server which form the file belongs to. `known` is the address of an upload that the server said is
 * unfinished and that this file continues; without it this browser's own memory of earlier uploads is asked.
 */
export function transfer(file: File, endpoint: string, draft: string, known: string | null, events: Events): Transfer {
  const statusOf = (error: Error) =>
    "originalResponse" in error ? ((error.originalResponse as { getStatus(): number } | null)?.getStatus() ?? 0) : 0;

  const options: UploadOptions = {
    endpoint,
    uploadUrl: known,
    retryDelays,
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, filetype: file.type, draft },
    onBeforeRequest: (request) => request.setHeader("X-CSRF-Token", csrfToken()),
    onShouldRetry: (error) => {
      const status = statusOf(error);
      return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
    },
    onProgress: (sent, total) => events.progress(sent, total),
    onSuccess: () => events.done(idOf(upload.url ?? "")),
    onError: (error) => {
      const status = statusOf(error);
      if (status === 401) sessionExpired();
      if (status === 403) void renewCsrf();
      events.failed(status);
    },
  };
  const upload = new Upload(file, options);

  return {
    async start() {
      if (!known && !upload.url) {
        const earlier = (await upload.findPreviousUploads()).at(-1);
        if (earlier) upload.resumeFromPreviousUpload(earlier);
      }
      upload.start();
    },
    discard() {
      upload.abort(true).catch(() => undefined);
    },
  };
}

/** Has the server forget an upload that an earlier page has begun or ended. */
export async function discard(endpoint: string, id: string): Promise<void> {
  await fetch(`${endpoint}/${encodeURIComponent(id)}`, {
    method: "DELETE",
    // goes through even when the page is left at once
    keepalive: true,
    headers: { "Tus-Resumable": "1.0.0", "X-CSRF-Token": csrfToken() },
  });
}
