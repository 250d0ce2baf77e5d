/** A headless Chromium, a page of a given size, and axe on it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/** Runs axe with every rule but the experimental ones; bypasses the page's policy only to get axe in. */
export async function axe(page, name, found) {
  for (const frame of page.frames()) {
    await frame.evaluate(AXE);
    const result = await frame.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const violation of result.violations) {
      found.push(`${name}: ${violation.id} ${violation.nodes.map((node) => `${node.target} ${node.failureSummary.replace(/\s+/g, " ").slice(0, 160)}`).slice(0, 3).join(" | ")}`);
    }
  }
}
