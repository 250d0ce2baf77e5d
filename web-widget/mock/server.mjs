/** Development only: serves bot/static as the service would, with scripted patients and a small desk. No data leaves it. */
import { randomUUID } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { desk } from "./desk.mjs";
import { opening, practice, replies } from "./script.mjs";
import { simulator } from "./simulator.mjs";

const STATIC = resolve(import.meta.dirname, "../../bot/static");
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".txt": "text/plain", ".svg": "image/svg+xml" };
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'";

export function json(answer, status, body, headers = {}) {
  answer.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers });
  answer.end(body === undefined ? "" : JSON.stringify(body));
}

export async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString() || "{}");
}

function page(answer, file, more = "") {
  const path = join(STATIC, normalize(file));
  if (!path.startsWith(STATIC) || !existsSync(path)) return json(answer, 404, { code: "not_found", message: "Not found", request: "" });
  answer.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream", "Content-Security-Policy": CSP + more, "X-Content-Type-Options": "nosniff" });
  createReadStream(path).pipe(answer);
}

export function serve({ port = 8600, streaming = true, failSends = 0 } = {}) {
  const conversations = new Map();
  const log = [];
  let failing = failSends;

  const post = (conversation, message) => {
    conversation.seq += 1;
    const full = { id: randomUUID(), seq: conversation.seq, label: "Assistant", language: conversation.language, at: new Date().toISOString(), utter: null, client_id: null, ...message };
    conversation.messages.push(full);
    conversation.streams.forEach((stream) => stream.write(`id: ${full.seq}\nevent: message\ndata: ${JSON.stringify(full)}\n\n`));
    return full;
  };
  const setState = (conversation, change) => {
    conversation.state = { ...conversation.state, ...change };
    conversation.streams.forEach((stream) => stream.write(`event: state\ndata: ${JSON.stringify(conversation.state)}\n\n`));
  };
  const admit = (language, scope = "chat") => {
    const token = randomUUID();
    const conversation = { id: randomUUID(), language, scope, seq: 0, messages: [], keys: new Map(), streams: new Set(), step: "start", state: { status: "pending", who: "bot", staff: null, typing: false, waiting_line: null, resume_code: null, pinned: null, language } };
    conversations.set(token, conversation);
    return [conversation, { token, conversation: conversation.id, scope, language, after: 0, idle_minutes: 20, practice: "riverside" }];
  };
  const react = (conversation, outgoing) => {
    setState(conversation, { typing: true });
    setTimeout(() => {
      setState(conversation, { typing: false });
      for (const reply of replies(conversation, outgoing)) {
        if (reply.state) setState(conversation, reply.state);
        else post(conversation, { author: "bot", ...reply });
      }
    }, 350);
  };

  const chat = async (request, answer, path, url) => {
    if (path.startsWith("practice/")) return path.endsWith("riverside") ? json(answer, 200, practice) : json(answer, 404, { code: "unknown_practice", message: "", request: "" });
    if (path === "leave") {
      log.push(["leave", await bodyOf(request)]);
      return json(answer, 204);
    }
    if (path === "sessions") {
      const { language } = await bodyOf(request);
      log.push(["sessions"]);
      return json(answer, 200, admit(language ?? "en")[1]);
    }
    if (path === "link" || path === "resume") {
      const body = await bodyOf(request);
      if (body.token === "bad" || body.code === "BAD") return json(answer, 404, { code: "expired", message: "", request: "" });
      const [conversation, session] = admit("en", path === "link" ? "form" : "chat");
      conversation.step = "dob";
      for (const reply of opening(path)) post(conversation, { author: "bot", ...reply });
      return json(answer, 200, session);
    }
    const conversation = conversations.get((request.headers.authorization ?? "").replace("Bearer ", ""));
    if (!conversation) return json(answer, 401, { code: "expired", message: "", request: "" });
    const after = Number(url.searchParams.get("after") ?? 0);
    if (path === "messages" && request.method === "POST") {
      const outgoing = await bodyOf(request);
      const key = request.headers["idempotency-key"];
      if (failing > 0) {
        failing -= 1;
        return request.socket.destroy();
      }
      if (!conversation.keys.has(key)) {
        const masked = outgoing.slot ? "••••" : outgoing.text;
        conversation.language = outgoing.language ?? conversation.language;
        const message = post(conversation, { author: "patient", label: "You", client_id: key, blocks: [{ type: "paragraph", text: masked }] });
        conversation.keys.set(key, { id: message.id, seq: message.seq });
        react(conversation, outgoing);
      }
      return json(answer, 202, conversation.keys.get(key));
    }
    if (path === "messages") return json(answer, 200, { messages: conversation.messages.filter((one) => one.seq > after), state: conversation.state });
    if (path === "stream") {
      if (!streaming) return json(answer, 502, {});
      answer.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      answer.write(": hello\n\n");
      answer.write(`event: state\ndata: ${JSON.stringify(conversation.state)}\n\n`);
      for (const one of conversation.messages.filter((each) => each.seq > after)) answer.write(`id: ${one.seq}\nevent: message\ndata: ${JSON.stringify(one)}\n\n`);
      conversation.streams.add(answer);
      const ping = setInterval(() => answer.write(": ping\n\n"), 15_000);
      return request.on("close", () => (clearInterval(ping), conversation.streams.delete(answer)));
    }
    if (path === "end") return json(answer, 204);
    if (path.startsWith("calendar/")) {
      answer.writeHead(200, { "Content-Type": "text/calendar" });
      return answer.end("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    }
    return json(answer, 404, {});
  };

  const deskRoutes = desk();
  const simRoutes = simulator();
  const server = createServer((request, answer) => {
    const url = new URL(request.url, "http://x");
    const path = url.pathname;
    const done = (async () => {
      if (path.startsWith("/api/chat/")) return chat(request, answer, path.slice(10), url);
      if (path.startsWith("/api/desk/")) return deskRoutes(request, answer, path.slice(10), url);
      if (path === "/api/demo/mode") return json(answer, 200, request.method === "POST" ? await bodyOf(request) : { mode: "book" });
      if (path.startsWith("/sim/")) return simRoutes(request, answer, path.slice(5), url);
      if (/^\/(widget|chat)\/[\w-]+$/.test(path) || path === "/link" || path.startsWith("/link/")) return page(answer, "widget.html", "; frame-ancestors *");
      if (path === "/desk") return page(answer, "desk.html");
      if (path === "/" || path === "/demo/") return page(answer, "demo/riverside.html", "; frame-src 'self'");
      if (path === "/simulator") return page(answer, "demo/simulator.html");
      return page(answer, path, "; frame-src 'self'");
    })();
    done.catch((error) => json(answer, 500, { code: "broken", message: String(error), request: "" }));
  });
  return new Promise((ready) => server.listen(port, "127.0.0.1", () => ready({ server, conversations, post, setState, log })));
}

if (process.argv[1] === import.meta.filename) {
  await serve({});
  console.log("http://127.0.0.1:8600/  /chat/riverside  /desk  /simulator");
}
