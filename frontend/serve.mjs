// Shows the reference pages with the built assets, for looking at and for screenshots.
//
//   node serve.mjs [--port 8090] [--assets ../build/frontend]     serves http://127.0.0.1:PORT/<page>.html
//   node serve.mjs --write DIR                                    writes the complete pages and stops
//
// A page in reference/ is what goes between the chrome of its frame. The few marks it uses are those of the
// server's templates: {{ icon plus }}, {{ asset app.css }}, {% include "parts/x.html" with name="value" %}.
import { createServer } from "node:http";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const pages = join(here, "reference");
const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "8090" },
    assets: { type: "string", default: join(here, "../build/frontend") },
    write: { type: "string" },
  },
});
const assets = resolve(options.assets);

const securityHeaders = {
  "Content-Security-Policy":
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'",
  "Cache-Control": "no-store",
};

function manifest() {
  const lines = readFileSync(join(assets, "manifest.txt"), "utf8").split("\n").filter(Boolean);
  return new Map(lines.map((line) => line.split("\t")).map(([logical, hashed, type]) => [logical, { hashed, type }]));
}

function attributes(text) {
  return Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

function expand(text, values, files) {
  return text
    .replace(/\{% include "([^"]+)"(?: with ([^%]*))? %\}\n?/g, (_, path, given = "") =>
      expand(readFileSync(join(pages, path), "utf8"), { ...values, ...attributes(given) }, files),
    )
    .replace(/\{\{ asset ([\w.-]+) \}\}/g, (_, logical) => `/assets/${files.get(logical).hashed}`)
    .replace(/\{\{ icon ([\w-]+)(?: ([\w -]+))? \}\}/g, (_, name, extra) => {
      const classes = extra ? `icon ${extra}` : "icon";
      return `<svg class="${classes}" aria-hidden="true" focusable="false"><use href="/assets/${files.get("icons.svg").hashed}#${name}"/></svg>`;
    })
    .replace(/\{\{ ([\w-]+) \}\}/g, (_, name) => values[name] ?? "");
}

/** The first line of a page names its frame and fills the frame's values. */
function complete(name) {
  const text = readFileSync(join(pages, name), "utf8");
  const head = /^\{% frame "(\w+)" (.*)%\}\n/.exec(text);
  if (!head) return text;
  const values = { theme: "", ...attributes(head[2]) };
  const current = values.nav ? { [`current-${values.nav}`]: ' aria-current="page"' } : {};
  const files = manifest();
  const content = expand(text.slice(head[0].length), values, files);
  return expand(readFileSync(join(pages, `frames/${head[1]}.html`), "utf8"), { ...values, ...current, content }, files);
}

const pageNames = () => readdirSync(pages).filter((name) => name.endsWith(".html"));
if (options.write) {
  mkdirSync(options.write, { recursive: true });
  for (const name of pageNames()) writeFileSync(join(options.write, name), complete(name));
} else {
  createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const asset = pathname.startsWith("/assets/") && join(assets, pathname.slice(8).replaceAll("/", ""));
    if (asset && existsSync(asset)) {
      const entry = [...manifest().values()].find(({ hashed }) => asset.endsWith(hashed));
      response.writeHead(200, { "Content-Type": entry?.type ?? "application/octet-stream" });
      return response.end(readFileSync(asset));
    }
    const page = pathname === "/" ? "dashboard.html" : pathname.slice(1);
    if (pageNames().includes(page)) {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...securityHeaders });
      return response.end(complete(page));
    }
    response.writeHead(404, { "Content-Type": "text/plain" });
    response.end("not found\n");
  }).listen(Number(options.port), "127.0.0.1", () => console.log(`http://127.0.0.1:${options.port}/dashboard.html`));
}
