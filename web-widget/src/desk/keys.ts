/** One-letter shortcuts. Off while anything is being typed, while a dialog is open, and when switched off (WCAG 2.1.4). */
import { allowed } from "./conversation";
import type { Tab } from "./reduce";
import type { Work } from "./work";

const TYPING = "input, textarea, select, [contenteditable]";

export function listenToKeys(work: Work, help: () => void): () => void {
  const write = (tab: Tab): void => {
    work.dispatch({ type: "tab.chosen", tab });
    requestAnimationFrame(() => document.getElementById("writing")?.focus());
  };
  const pressed = (event: KeyboardEvent): void => {
    const desk = work.desk.value;
    if (desk.phase !== "ready" || !desk.keys || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.matches(TYPING)) return;
    if (document.querySelector("dialog[open]")) return;
    const open = desk.conversation;
    const can = open ? allowed(open) : { claim: false, release: false, reply: false };
    const actions: Record<string, (() => void) | false> = {
      j: () => work.move(1),
      k: () => work.move(-1),
      c: can.claim && (() => work.step("claim")),
      u: can.release && (() => work.step("release")),
      b: can.release && (() => work.step("return")),
      e: can.release && (() => work.step("resolve")),
      r: open !== null && (() => write("reply")),
      n: open !== null && (() => write("note")),
      "?": help,
    };
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}
