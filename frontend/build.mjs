// Builds the assets that the server embeds.
//
//   node build.mjs [--out DIR] [--check]
//
// DIR (default ../build/frontend) receives files named by their content, a .gz twin of each that is text, and two
// lists: manifest.txt (logical name, hashed name, content type; tab-separated) and icons.list (one icon a line).
// The same sources give the same bytes. --check builds into a temporary folder and fails when a budget is exceeded.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const kilobyte = 1024;

// gzip bytes. "Start-up" is the entry and all that any page loads without a person asking for it.
const budgets = { css: 15 * kilobyte, startup: 35 * kilobyte };
const loadedOnUse = ["uploads"];

const contentTypes = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: join(here, "../build/frontend") },
    check: { type: "boolean", default: false },
  },
});
const out = options.check ? mkdtempSync(join(tmpdir(), "frontend-")) : resolve(options.out);

/** Scripts, styles and the fonts that the styles name. Returns [{ hashed, contents }]. */
async function bundle() {
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: [
      { in: "src/app.ts", out: "app" },
      { in: "styles/app.css", out: "app" },
    ],
    entryNames: "[name].[hash]",
    chunkNames: "[name].[hash]",
    assetNames: "[name].[hash]",
    publicPath: "/assets/",
    outdir: "out",
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: ["chrome123", "firefox121", "safari17.5"],
    loader: { ".woff2": "file" },
    legalComments: "none",
    logLevel: "warning",
  });
  return result.outputFiles.map((file) => ({ hashed: file.path.split("/").at(-1), contents: file.contents }));
}

/** One <symbol> for each line of icons.txt; colour and stroke come from .icon in the page's CSS. */
function iconSprite(names) {
  const symbols = names.map((name) => {
    const svg = readFileSync(join(here, "node_modules/lucide-static/icons", `${name}.svg`), "utf8");
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s+/g, " ").replace(/> </g, "><").trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

function hashedByContent(logical, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8);
  return { hashed: logical.replace(/\.(\w+)$/, `.${hash}.$1`), contents: Buffer.from(contents) };
}

/** app.1a2b3c4d.css -> app.css; several shared chunks would have one name, so those keep theirs. */
function logicalName(hashed) {
  const name = hashed.replace(/^(.+)\.[0-9A-Za-z]{8}\.(\w+)$/, "$1.$2");
  return name.startsWith("chunk.") ? hashed : name;
}

const icons = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean);
const files = [
  ...(await bundle()),
  hashedByContent("icons.svg", iconSprite(icons)),
  hashedByContent("icon.svg", readFileSync(join(here, "brand/icon.svg"))),
];

/** Takes away what an earlier build wrote here, and nothing else. */
function removeEarlierBuild() {
  if (!existsSync(join(out, "manifest.txt"))) return;
  for (const line of readFileSync(join(out, "manifest.txt"), "utf8").split("\n").filter(Boolean)) {
    const hashed = line.split("\t")[1];
    rmSync(join(out, hashed), { force: true });
    rmSync(join(out, `${hashed}.gz`), { force: true });
  }
}

mkdirSync(out, { recursive: true });
removeEarlierBuild();
const manifest = [];
const sizes = { css: 0, startup: 0 };
for (const { hashed, contents } of files.sort((a, b) => (a.hashed < b.hashed ? -1 : 1))) {
  const logical = logicalName(hashed);
  const kind = hashed.split(".").at(-1);
  manifest.push(`${logical}\t${hashed}\t${contentTypes[kind]}`);
  writeFileSync(join(out, hashed), contents);
  if (kind === "woff2") continue;
  const packed = gzipSync(contents, { level: 9 });
  writeFileSync(join(out, `${hashed}.gz`), packed);
  if (kind === "css") sizes.css += packed.length;
  if (kind === "js" && !loadedOnUse.includes(logical.split(".")[0])) sizes.startup += packed.length;
}
writeFileSync(join(out, "manifest.txt"), manifest.map((line) => `${line}\n`).join(""));
writeFileSync(join(out, "icons.list"), icons.map((name) => `${name}\n`).join(""));

for (const [what, limit] of Object.entries(budgets)) {
  const line = `${what}: ${(sizes[what] / kilobyte).toFixed(1)} of ${limit / kilobyte} KB (gzip)`;
  console.log(line);
  if (options.check && sizes[what] > limit) {
    console.error(`over budget: ${line}`);
    process.exitCode = 1;
  }
}
if (options.check) rmSync(out, { recursive: true });
