/**
 * Puts the chat button on a practice's page. The chat itself lives in a frame of the service's origin: this script never
 * sees a message, and sends neither the page's address nor its title.
 */
import { LOADER_WORDS } from "../strings/loader";
import { LOOK } from "./look";
import { opened, sealed, type ToFrame, type ToPage } from "./protocol";

const script = document.currentScript as HTMLScriptElement | null;
const TAG = "clinic-chat";
const ICON_PATH = "M4 4h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z";

class ClinicChat extends HTMLElement {
  service = "";
  private frame: HTMLIFrameElement | null = null;
  private readonly root = this.attachShadow({ mode: "open" });
  private readonly button = document.createElement("button");
  private readonly label = document.createElement("span");
  private readonly badge = document.createElement("span");
  private readonly badgeWords = document.createElement("span");
  private readonly panel = document.createElement("div");
  private language = "en";

  connectedCallback(): void {
    if (this.button.isConnected) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    this.root.adoptedStyleSheets = [sheet];
    const wished = this.getAttribute("language") ?? document.documentElement.lang ?? "";
    this.language = wished.slice(0, 2) in LOADER_WORDS ? wished.slice(0, 2) : "en";

    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
    shape.setAttribute("d", ICON_PATH);
    shape.setAttribute("fill", "currentColor");
    icon.append(shape);

    this.badge.className = "n";
    this.badge.hidden = true;
    this.badgeWords.className = "s";
    this.button.type = "button";
    this.button.setAttribute("aria-expanded", "false");
    this.button.append(icon, this.label, this.badge, this.badgeWords);
    this.button.addEventListener("click", () => (this.panel.hidden ? this.open() : this.close()));
    this.panel.className = "p";
    this.panel.hidden = true;
    this.panel.setAttribute("role", "dialog");
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.root.append(this.panel, this.button);
    this.words();
    addEventListener("message", this.heard);
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.heard);
  }

  open(): void {
    if (!this.frame) this.panel.append((this.frame = this.made()));
    this.panel.hidden = false;
    this.classList.add("open");
    this.badge.hidden = true;
    this.badgeWords.textContent = "";
    this.words();
    this.tell({ kind: "shown" });
    this.frame?.focus();
  }

  close(): void {
    this.panel.hidden = true;
    this.classList.remove("open");
    this.words();
    this.tell({ kind: "hidden" });
    this.button.focus();
  }

  private made(): HTMLIFrameElement {
    const frame = document.createElement("iframe");
    frame.setAttribute(
      "sandbox",
      "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox",
    );
    frame.referrerPolicy = "no-referrer";
    frame.allow = "clipboard-write";
    frame.title = this.panel.getAttribute("aria-label") ?? "Chat";
    const practice = encodeURIComponent(this.getAttribute("practice") ?? "");
    frame.src = `${this.service}/widget/${practice}?lang=${this.language}`;
    frame.addEventListener("load", () => this.tell({ kind: "hello" }));
    return frame;
  }

  private tell(message: ToFrame): void {
    this.frame?.contentWindow?.postMessage(sealed(message), this.service);
  }

  private readonly heard = (event: MessageEvent): void => {
    if (!this.frame || event.origin !== this.service || event.source !== this.frame.contentWindow) return;
    const message = opened<ToPage>(event.data);
    if (message?.kind === "ready") this.tell({ kind: this.panel.hidden ? "hidden" : "shown" });
    if (message?.kind === "close") this.close();
    if (message?.kind === "lang" && message.language in LOADER_WORDS) {
      this.language = message.language;
      this.words();
    }
    if (message?.kind === "unread" && Number.isInteger(message.count)) {
      this.badge.hidden = message.count < 1 || !this.panel.hidden;
      this.badge.textContent = String(message.count);
      this.badgeWords.textContent = this.badge.hidden ? "" : LOADER_WORDS[this.language]?.unread ?? "";
    }
  };

  private words(): void {
    const words = LOADER_WORDS[this.language];
    if (!words) return;
    this.button.lang = this.language;
    this.label.textContent = this.panel.hidden ? words.open : words.close;
    this.button.setAttribute("aria-expanded", String(!this.panel.hidden));
    this.panel.setAttribute("aria-label", words.panel);
    if (this.frame) this.frame.title = words.panel;
  }
}

function start(): void {
  const practice = script?.dataset["practice"];
  if (!script || !practice) return console.warn("Chat: the script tag needs data-practice.");
  const service = new URL(script.src).origin;
  // On one origin the sandbox protects nothing: only the service's own sample page, which says so, may do this.
  if (service === location.origin && script.dataset["sample"] === undefined) {
    return console.warn("Chat: load widget.js from the service's own address, not from this site.");
  }
  if (!customElements.get(TAG)) customElements.define(TAG, ClinicChat);
  if (document.querySelector(TAG)) return;
  const chat = document.createElement(TAG) as ClinicChat;
  chat.service = service;
  chat.setAttribute("practice", practice);
  if (script.dataset["language"]) chat.setAttribute("language", script.dataset["language"]);
  document.body.append(chat);
}

if (document.body) start();
else addEventListener("DOMContentLoaded", start, { once: true });
