// Requests as they are: no redirects followed, no cookies kept, nothing corrected.
import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });

/**
 * Sends one request and reads the whole answer.
 * @param {string} base such as http://127.0.0.1:8080
 * @param {{method?: string, path: string, headers?: object, body?: Buffer|string|AsyncIterable<Buffer>, timeout?: number}} what
 * @returns {Promise<{status: number, headers: http.IncomingHttpHeaders, body: Buffer, text: string}>}
 */
export function request(base, { method = 'GET', path, headers = {}, body, timeout = 30_000 }) {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const streamed = body && typeof body !== 'string' && !Buffer.isBuffer(body);
    if (body !== undefined && !streamed) headers = { 'content-length': Buffer.byteLength(body), ...headers };
    const sent = http.request({ hostname, port, method, path, headers, agent, timeout }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const whole = Buffer.concat(parts);
        resolve({ status: answer.statusCode, headers: answer.headers, body: whole, text: whole.toString('utf8') });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer in ${timeout / 1000} s`)));
    sent.on('error', reject);
    if (streamed) stream(sent, body).catch((error) => sent.destroy(error));
    else sent.end(body);
  });
}

// Writes at the pace of the reader. A server may answer and close before it has everything: that is no error here.
async function stream(sent, body) {
  let answered = false;
  sent.on('response', () => (answered = true));
  for await (const part of body) {
    if (answered || sent.destroyed) break;
    if (!sent.write(part)) {
      await new Promise((go) => ['drain', 'response', 'close', 'error'].forEach((event) => sent.once(event, go)));
    }
  }
  sent.end();
}

/** A `multipart/form-data` body of [name, value] pairs; a file is `{filename, content, type}`. */
export function multipart(pairs) {
  const boundary = '----otklik' + Math.random().toString(36).slice(2);
  const quote = (text) => text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const parts = [];
  for (const [name, value] of pairs) {
    let head = `--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"`;
    if (typeof value === 'string' || Buffer.isBuffer(value)) {
      parts.push(Buffer.from(head + '\r\n\r\n'), Buffer.from(value));
    } else {
      head += `; filename="${quote(value.filename)}"\r\nContent-Type: ${value.type ?? 'application/octet-stream'}`;
      parts.push(Buffer.from(head + '\r\n\r\n'), Buffer.from(value.content));
    }
    parts.push(Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) };
}
