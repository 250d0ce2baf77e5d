/** Checks in a real browser what unit tests cannot: a hostile host page, polling, lost sends, leaving. Usage: node mock/prove.mjs */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const HOST_POLICY = "default-src 'self'; style-src 'self'; script-src 'self' http://127.0.0.1:8621; frame-src http://127.0.0.1:8621";
const HOOKS = `window.seen=[];for(const k of ["keydown","input","change","focusin"])addEventListener(k,e=>seen.push(k),true);
addEventListener("message",e=>seen.push(JSON.stringify(e.data)),true);`;
const host = createServer((request, answer) => {
  const script = request.url === "/hooks.js";
  answer.writeHead(200, { "Content-Type": script ? "text/javascript" : "text/html", "Content-Security-Policy": HOST_POLICY });
  answer.end(script ? HOOKS : '<!doctype html><html lang="en"><title>Host</title><script src="/hooks.js"></script><script src="http://127.0.0.1:8621/widget.js" data-practice="riverside" async></script><body><h1>Host</h1>');
});
await new Promise((ready) => host.listen(8620, "127.0.0.1", ready));
const browser = await launch();
const mock = await serve({ port: 8621 });

{
  const page = await browser.newPage();
  const problems = [];
  page.on("console", (message) => message.type() === "error" && !/favicon|404/.test(message.text()) && problems.push(message.text()));
  await page.goto("http://localhost:8620/");
  await page.getByRole("button", { name: "Chat with us" }).click();
  const chat = page.frameLocator("clinic-chat iframe");
  await chat.getByLabel("Type your message").fill("where are you");
  await chat.getByLabel("Type your message").press("Enter");
  await chat.getByText("closed for lunch").first().waitFor();
  const seen = (await page.evaluate(() => window.seen)).filter((one) => one !== "focusin");
  assert.deepEqual([...new Set(seen.map((one) => JSON.parse(one).kind))].sort(), ["lang", "ready", "unread"]);
  assert.equal(await page.evaluate(() => document.querySelector("clinic-chat").shadowRoot.querySelector("iframe").contentDocument), null);
  assert.deepEqual(problems, []);
  await chat.getByLabel("Type your message").press("Escape");
  await page.getByRole("button", { name: "Chat with us" }).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("clinic-chat").shadowRoot.activeElement?.textContent.startsWith("Chat with us")), true);
  const [, conversation] = [...mock.conversations].at(-1);
  mock.post(conversation, { author: "staff", label: "Maria, front desk", blocks: [{ type: "paragraph", text: "secret words" }] });
  await page.locator("clinic-chat .n").waitFor();
  assert.equal((await page.evaluate(() => window.seen)).some((one) => one.includes("secret")), false);
  await page.goto("about:blank");
  await page.waitForTimeout(500);
  assert.equal(mock.log.some(([what, body]) => what === "leave" && body.token), true);
  console.log("hostile host page: sees kinds only; Esc returns to the button; unread shown; leave sent");
  await page.close();
}
{
  const twice = await serve({ port: 8622, failSends: 2 });
  const page = await browser.newPage();
  await page.goto("http://127.0.0.1:8622/chat/riverside");
  await page.getByLabel("Type your message").fill("hours");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("closed for lunch").first().waitFor();
  const [, conversation] = [...twice.conversations].at(-1);
  assert.equal(conversation.messages.filter((one) => one.author === "patient").length, 1);
  const before = await page.locator("ol > li").count();
  conversation.streams.forEach((stream) => stream.destroy());
  for (let at = 0; at < 3; at += 1) twice.post(conversation, { author: "bot", blocks: [{ type: "paragraph", text: `after the cut ${at}` }] });
  await page.getByText("after the cut 2").first().waitFor();
  assert.equal(await page.locator("ol > li").count(), before + 3);
  assert.equal(await page.locator('[aria-live="polite"] p', { hasText: "after the cut 2" }).count(), 1);
  twice.server.close();
  console.log("two lost sends: one message stored; a cut stream: nothing lost, nothing twice");
  await page.close();
}
{
  const poll = await serve({ port: 8623, streaming: false });
  const page = await browser.newPage();
  await page.goto("http://127.0.0.1:8623/chat/riverside");
  await page.getByLabel("Type your message").fill("hours");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("closed for lunch").first().waitFor({ timeout: 8_000 });
  poll.server.close();
  console.log("no streams: polling brings the answer");
}
{
  const gone = await serve({ port: 8624, failSends: 99 });
  const page = await browser.newPage();
  await page.goto("http://127.0.0.1:8624/chat/riverside");
  await page.getByLabel("Type your message").fill("hours");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Not sent", { exact: false }).first().waitFor({ timeout: 10_000 });
  await page.getByRole("button", { name: "Try again" }).waitFor();
  gone.server.close();
  console.log("no way through: says not sent and offers to try again");
}
await browser.close();
process.exit(0);
