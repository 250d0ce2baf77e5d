/** Starts the chat page. */
import { effect } from "@preact/signals";
import { render } from "preact";
import "../tokens.css";
import "./frame.css";
import "./conversation.css";
import "./cards.css";
import "./menu.css";
import "./narrow.css";
import { App } from "./app";
import { Connection } from "./connection";
import { Conversation } from "./conversation";
import { followViewport } from "./focus";
import { addressed, Page, readablePrimary } from "./page";
import type { Language } from "./reduce";

const { link, practice } = addressed(location.pathname);
const asked = new URLSearchParams(location.search).get("lang") ?? navigator.language;
const language: Language = asked.toLowerCase().startsWith("es") ? "es" : "en";
const conversation = new Conversation(new Connection(), practice, language);
const page = new Page((shown) => conversation.dispatch({ type: "shown.changed", shown }));

if (link) conversation.dispatch({ type: "link.asked" });
if (practice) void conversation.loadPractice();
else if (!link) conversation.dispatch({ type: "practice.failed" });

effect(() => page.tell({ kind: "unread", count: conversation.chat.value.unread }));
effect(() => page.tell({ kind: "lang", language: conversation.chat.value.language }));
effect(() => {
  const colour = readablePrimary(conversation.chat.value.practice?.theme["primary"]);
  if (colour) document.documentElement.style.setProperty("--pri", colour);
});

const close = (): void => page.tell({ kind: "close" });
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && page.framed && !document.querySelector("dialog[open]")) close();
});
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => conversation.touch(), { passive: true });
followViewport();

const root = document.getElementById("app");
if (root) render(<App conversation={conversation} frame={{ framed: page.framed, link, close }} />, root);
