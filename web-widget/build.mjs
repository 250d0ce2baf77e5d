/** Builds both faces into bot/static, writes the licences and build.json, and refuses what is over budget. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const here = import.meta.dirname;
const out = resolve(here, "../bot/static");
const CONFIG = ["build.mjs", "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"];
const BUNDLED = ["preact", "@preact/signals", "@preact/signals-core"];

/** Budgets in bytes after gzip; KB = 1000 bytes. */
const BUDGETS = { "widget.js": 3_000, "widget.html": 35_000, "desk.html": 90_000 };

const sha = (bytes) => createHash("sha256").update(bytes).digest("hex");

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

const named = (path, root) => relative(root, path).split(sep).join("/");
/** Byte order, so that Python sorts the same way. */
const byName = ([one], [two]) => (one < two ? -1 : 1);

/** One line for each source file: `<sha256>  <path>`. The Python test computes the same text. */
function sourcesHash() {
  const paths = [...CONFIG.map((name) => join(here, name)), ...files(join(here, "src"))];
  const lines = paths.map((path) => [named(path, here), sha(readFileSync(path))]).sort(byName);
  return sha(lines.map(([name, hash]) => `${hash}  ${name}\n`).join(""));
}

function licenses() {
  const texts = BUNDLED.map((name) => {
    let folder = join(here, "node_modules", name);
    if (!existsSync(folder)) folder = join(here, "node_modules/@preact/signals/node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
  });
  return `Third-party software in these files\n\n${texts.join(`\n${"-".repeat(72)}\n\n`)}`;
}

/** What a first visit transfers: the page and every file it names. */
function firstPaint(page) {
  const html = readFileSync(join(out, page), "utf8");
  const parts = page.endsWith(".html") ? [...html.matchAll(/"\/(assets\/[^"]+)"/g)].map((match) => match[1]) : [];
  return [page, ...parts].reduce((sum, part) => sum + gzipSync(readFileSync(join(out, part)), { level: 9 }).length, 0);
}

await build({ configFile: join(here, "vite.config.ts"), root: join(here, "src"), logLevel: "warn" });
await build({
  configFile: false,
  root: join(here, "src"),
  logLevel: "warn",
  publicDir: false,
  build: {
    outDir: out,
    emptyOutDir: false,
    target: "es2022",
    reportCompressedSize: false,
    lib: { entry: "loader/loader.ts", formats: ["iife"], name: "frontdeskLoader", fileName: () => "widget.js" },
  },
});

mkdirSync(dirname(join(out, "licenses.txt")), { recursive: true });
writeFileSync(join(out, "licenses.txt"), licenses());
const built = Object.fromEntries(
  files(out)
    .filter((path) => named(path, out) !== "build.json")
    .map((path) => [named(path, out), sha(readFileSync(path))])
    .sort(byName),
);
writeFileSync(join(out, "build.json"), `${JSON.stringify({ sources: sourcesHash(), files: built }, null, 2)}\n`);

let over = false;
for (const [page, budget] of Object.entries(BUDGETS)) {
  const size = firstPaint(page);
  over ||= size > budget;
  console.log(`${page.padEnd(12)} ${(size / 1000).toFixed(1)} KB gzip (budget ${budget / 1000} KB)`);
}
console.log(`${files(out).length} files, ${Math.round(files(out).reduce((sum, path) => sum + statSync(path).size, 0) / 1000)} KB`);
if (over) {
  console.error("Over budget: see BUDGETS in build.mjs.");
  process.exit(1);
}
