/** Walks the widget through its screens, takes pictures into build/shots and runs axe on each. Usage: npm run look */
import { mkdirSync } from "node:fs";
import { axe, launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const BASE = "http://127.0.0.1:8611";
const SHOTS = new URL("../build/shots/", import.meta.url).pathname;
mkdirSync(SHOTS, { recursive: true });
const mock = await serve({ port: 8611 });
const browser = await launch();
const found = [];
const errors = [];

export async function open(path, width, height, more = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "en-US", reducedMotion: "reduce", ...more });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && errors.push(`${path}: ${message.text()}`));
  page.on("pageerror", (error) => errors.push(`${path}: ${error}`));
  page.on("request", (request) => request.url().startsWith(BASE) || request.url().startsWith("data:") || errors.push(`other origin: ${request.url()}`));
  await page.goto(BASE + path);
  return page;
}
const shot = async (page, name) => {
  await page.waitForTimeout(150);
  await page.screenshot({ path: `${SHOTS}${name}.png` });
  await axe(page, name, found);
};
const tap = (page, name) => page.getByRole("button", { name }).first().click();

const phone = { hasTouch: true, isMobile: true };
{
  const page = await open("/chat/riverside", 375, 667, phone);
  await page.getByText("How can we help").waitFor();
  await shot(page, "phone-1-first");
  await tap(page, "Book an appointment");
  await page.getByRole("button", { name: "Check-up" }).waitFor();
  await shot(page, "phone-2-quick");
  await tap(page, "Check-up");
  await page.getByRole("heading", { name: "Choose a time" }).waitFor();
  await page.getByRole("radio", { name: "Tue, Nov 25" }).check();
  await page.getByRole("radio", { name: "9:20 AM" }).check();
  await shot(page, "phone-3-openings");
  await tap(page, /Continue with/);
  await page.getByLabel("What is your full name?").fill("Testy McSample");
  await shot(page, "phone-4-name");
  await tap(page, "Continue");
  await page.getByLabel("Month").fill("4");
  await page.getByLabel("Day").fill("12");
  await page.getByLabel("Year").fill("51");
  await tap(page, "Continue");
  await shot(page, "phone-5-dob-error");
  await page.getByLabel("Year").fill("1951");
  await tap(page, "Continue");
  await page.getByLabel("What phone number").fill("555");
  await tap(page, "Continue");
  await page.getByText("must include 10").first().waitFor();
  await page.getByLabel("What phone number").fill("(555) 555-0142");
  await tap(page, "Continue");
  await page.getByRole("heading", { name: "Check before we send" }).waitFor();
  await shot(page, "phone-6-summary");
  await tap(page, "Send it");
  await page.getByText("anything else").first().waitFor();
  await shot(page, "phone-7-receipt");
  await page.getByLabel("Type your message").fill("can I talk to a person");
  await tap(page, "Send");
  await page.getByText("K7QM2").waitFor();
  await shot(page, "phone-8-waiting");
  const [, conversation] = [...mock.conversations].at(-1);
  mock.setState(conversation, { who: "staff", staff: "Maria", waiting_line: null, resume_code: null });
  mock.post(conversation, { author: "bot", blocks: [{ type: "notice", text: "Maria from the front desk joined the chat" }] });
  mock.post(conversation, { author: "staff", label: "Maria, front desk", blocks: [{ type: "paragraph", text: "Hello, this is Maria. Please bring your new insurance card." }] });
  await page.getByText("insurance card.").first().waitFor();
  await shot(page, "phone-9-staff");
  await tap(page, "Menu");
  await shot(page, "phone-10-menu");
  await page.keyboard.press("Escape");
  const live = await page.locator('.sr[aria-live="polite"] p').allTextContents();
  console.log("announced last:", live.slice(-2));
}
{
  const page = await open("/chat/riverside?lang=es", 375, 667, phone);
  await page.getByText("¿En qué podemos").waitFor();
  await shot(page, "es-1-first");
  await page.getByLabel("Escriba su mensaje").fill("mi mamá no puede respirar bien");
  await tap(page, "Enviar");
  await page.getByText("Ya avisé").first().waitFor();
  await shot(page, "es-2-emergency");
  console.log("focus in emergency:", await page.evaluate(() => document.activeElement?.className));
}
{
  const page = await open("/chat/riverside", 320, 640);
  await page.getByText("How can we help").waitFor();
  await shot(page, "w320-1");
  await tap(page, "Hours and location");
  await page.getByText("closed for lunch").first().waitFor();
  await shot(page, "w320-2");
  console.log("320 px: scrollWidth", await page.evaluate(() => document.documentElement.scrollWidth));
}
{
  const page = await open("/chat/riverside", 1280, 720);
  await page.getByText("How can we help").waitFor();
  await tap(page, "Book an appointment");
  await page.getByRole("button", { name: "Check-up" }).click();
  await page.getByRole("heading", { name: "Choose a time" }).waitFor();
  await shot(page, "laptop-1-openings");
}
{
  const page = await open("/", 1280, 720);
  await shot(page, "site-1");
  await page.getByRole("button", { name: "Chat with us" }).click().catch((error) => errors.push(String(error).slice(0, 200)));
  await page.frameLocator("clinic-chat iframe").getByText("How can we help").waitFor();
  await shot(page, "site-2-open");
  await page.frameLocator("clinic-chat iframe").getByLabel("Type your message").press("Escape");
  await page.waitForTimeout(200);
  console.log("panel hidden after Esc:", await page.evaluate(() => document.querySelector("clinic-chat").shadowRoot.querySelector(".p").hidden));
}
{
  const page = await open("/link/riverside#abc", 375, 667, phone);
  await shot(page, "link-1");
  await tap(page, "Open my page");
  await page.getByLabel("Month").waitFor();
  await shot(page, "link-2");
}
console.log(found.length === 0 ? "axe: 0 violations" : found.join("\n"));
console.log(errors.length === 0 ? "console: clean" : [...new Set(errors)].join("\n"));
await browser.close();
mock.server.close();
process.exit(0);
