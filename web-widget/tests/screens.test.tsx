import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../src/widget/app";
import { Connection } from "../src/widget/connection";
import { Conversation } from "../src/widget/conversation";
import type { Block } from "../src/wire";
import { message, practice, session, state } from "./made";

const NASTY = '<img src=x onerror="alert(1)"> ![](https://evil.example.test?q=1) <script>alert(1)</script>';
const EVERY_BLOCK: Block[] = [
  { type: "paragraph", text: NASTY },
  { type: "list", items: [NASTY] },
  { type: "link", label: NASTY, href: "javascript:alert(1)" },
  { type: "notice", text: NASTY },
  { type: "sources", items: [{ title: NASTY, reviewed_on: NASTY }] },
  { type: "receipt", title: NASTY, standing: NASTY, rows: [{ label: NASTY, value: NASTY }], number: NASTY, calendar: true, request: "r" },
  { type: "emergency", kind: "emergency", title: NASTY, text: NASTY, links: [{ label: NASTY, href: "data:text/html,x" }] },
  { type: "openings", timezone: NASTY, other: [], days: [{ label: NASTY, times: [{ id: "1", label: NASTY, full: NASTY, part: "morning" }] }] },
  { type: "field", slot: "name", kind: "name", label: NASTY, hint: NASTY, error: NASTY, step: 1, steps: 2, can_skip: true, can_go_back: true },
  { type: "summary", title: NASTY, rows: [{ label: NASTY, value: NASTY }], choices: [{ id: "yes", label: NASTY }] },
  { type: "quick_replies", choices: [{ id: "yes", label: NASTY }] },
];

let root: HTMLElement;
let calls: { url: string; init: RequestInit | undefined }[];
let conversation: Conversation;

function answer(url: string): Response {
  const body = url.includes("/sessions") ? session : url.includes("/messages?") ? { messages: [], state: state() } : { id: "m1", seq: 1 };
  return url.includes("/stream") ? new Response(null, { status: 500 }) : Response.json(body);
}

beforeEach(() => {
  vi.useFakeTimers();
  Element.prototype.scrollTo = () => undefined;
  calls = [];
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    calls.push({ url, init });
    return answer(url);
  });
  root = document.body.appendChild(document.createElement("div"));
  conversation = new Conversation(new Connection(), "riverside", "en");
  conversation.dispatch({ type: "practice.loaded", practice });
  act(() => render(<App conversation={conversation} frame={{ framed: true, link: false, close: () => undefined }} />, root));
});

afterEach(() => {
  act(() => render(null, root));
  root.remove();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the first screen", () => {
  it("says all five parts of the disclosure, with phone and relay, before any session exists", () => {
    const words = root.textContent ?? "";
    for (const part of ["computer", "not a person", "not a clinician", "cannot give medical advice", "call 911", "Talk to a person", "(555) 555-0100", "711"]) {
      expect(words).toContain(part);
    }
    expect(root.querySelector('a[href="tel:911"]')).not.toBeNull();
    expect(calls).toEqual([]);
  });

  it("makes a session on the first action only, and sends the message with a key", async () => {
    act(() => [...root.querySelectorAll("button")].find((one) => one.textContent === "Book an appointment")?.click());
    await act(async () => void (await vi.advanceTimersByTimeAsync(50)));
    const posts = calls.filter((call) => call.init?.method === "POST");
    expect(posts.map((call) => call.url)).toEqual(["/api/chat/sessions", "/api/chat/messages"]);
    const headers = posts[1]?.init?.headers as Record<string, string>;
    expect(headers["Authorization"]).toBe("Bearer t");
    expect(headers["Idempotency-Key"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(calls.every((call) => !call.url.includes(session.token + "="))).toBe(true);
  });
});

describe("words from anywhere", () => {
  it.each(["bot", "staff", "patient"] as const)("of the %s become text, never markup", (author) => {
    act(() => {
      conversation.dispatch({ type: "session.started", session });
      conversation.dispatch({ type: "message.arrived", message: message(1, { author, label: NASTY, blocks: EVERY_BLOCK }) });
    });
    expect(root.querySelectorAll("img, script, iframe, object, embed")).toHaveLength(0);
    const links = [...root.querySelectorAll("a")].map((link) => link.getAttribute("href") ?? "");
    expect(links.filter((href) => !/^(tel:|#|\/chat\/)/.test(href))).toEqual([]);
    expect(root.textContent).toContain("onerror");
  });

  it("are masked in the patient's own form answer before the server's copy arrives", async () => {
    act(() => conversation.say({ text: "1951-04-12", slot: "date_of_birth" }));
    expect(root.textContent).not.toContain("1951");
    expect(root.textContent).toContain("••••••");
    await act(async () => void (await vi.advanceTimersByTimeAsync(50)));
    const sent = calls.find((call) => call.url.endsWith("/messages") && call.init?.method === "POST");
    expect(JSON.parse(String(sent?.init?.body))).toMatchObject({ slot: "date_of_birth", text: "1951-04-12" });
  });
});

describe("a failing network", () => {
  it("tries again with the same key, then offers to try again", async () => {
    vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
      calls.push({ url, init });
      if (url.endsWith("/messages")) throw new TypeError("offline");
      return answer(url);
    });
    act(() => conversation.say({ text: "hello" }));
    await act(async () => void (await vi.advanceTimersByTimeAsync(10_000)));
    const keys = calls.filter((call) => call.url.endsWith("/messages") && call.init?.method === "POST").map((call) => (call.init?.headers as Record<string, string>)["Idempotency-Key"]);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(root.textContent).toContain("Not sent");
    expect(root.textContent).toContain("Try again");
  });
});

describe("leaving no trace", () => {
  it("clears the screen after the idle time, with a warning first", async () => {
    act(() => {
      conversation.dispatch({ type: "session.started", session });
      conversation.dispatch({ type: "message.arrived", message: message(1) });
    });
    await act(async () => void (await vi.advanceTimersByTimeAsync(18.2 * 60_000)));
    expect(root.textContent).toContain("Are you still there?");
    expect(root.textContent).toContain("words 1");
    await act(async () => void (await vi.advanceTimersByTimeAsync(2 * 60_000)));
    expect(root.textContent).not.toContain("words 1");
    expect(root.textContent).toContain("cleared to protect your privacy");
  });

  it("stores nothing in the browser", () => {
    act(() => conversation.dispatch({ type: "message.arrived", message: message(1) }));
    expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, ""]);
  });
});
