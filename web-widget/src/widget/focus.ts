/** Where the focus and the scroll go when something arrives. Nothing here takes the focus from where the patient is. */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Chat, liveMessage } from "./reduce";

const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * After the patient pressed a button, that button goes away: the focus waits in the composer (on the log where a keyboard
 * would pop up), and moves on to the first box of the form that answers, unless the patient has moved meanwhile.
 */
export function useArrivalFocus(chat: Chat, log: RefObject<HTMLElement | null>): () => void {
  const waiting = useRef<Element | null>(null);
  const live = liveMessage(chat);

  useEffect(() => {
    if (!chat.alarm) return;
    const message = chat.messages.find((one) => one.id === chat.alarm);
    log.current?.querySelector<HTMLElement>(`#m-${message?.seq ?? 0} .emergency`)?.focus();
    waiting.current = null;
  }, [chat.alarm]);

  useEffect(() => {
    const from = waiting.current;
    if (!live || !from) return;
    waiting.current = null;
    const typing = from instanceof HTMLTextAreaElement && from.value !== "";
    if (typing || (document.activeElement !== from && document.activeElement !== document.body)) return;
    const message = chat.messages.find((one) => one.id === live);
    const item = log.current?.querySelector(`#m-${message?.seq ?? 0}`);
    const summary = item?.querySelector<HTMLElement>(".error-summary");
    (summary ?? item?.querySelector<HTMLElement>("[data-first]"))?.focus({ preventScroll: true });
  }, [live]);

  return () => {
    const fine = matchMedia("(pointer: fine)").matches;
    const rest = (fine ? document.querySelector<HTMLElement>("#say") : null) ?? log.current;
    const active = document.activeElement;
    if (active instanceof HTMLTextAreaElement && active.id === "say") waiting.current = active;
    else {
      rest?.focus({ preventScroll: true });
      waiting.current = rest;
    }
  };
}

/** The end of the conversation; the start of the newest message where that is taller; and never past a new alarm. */
export function keepInView(log: HTMLElement | null): void {
  const items = [...(log?.querySelectorAll<HTMLElement>("ol > li") ?? [])];
  const last = items[items.length - 1];
  if (!log || !last) return;
  const asked = items.map((item) => item.classList.contains("own")).lastIndexOf(true);
  const alarm = items.slice(asked + 1).find((item) => item.querySelector(".emergency"));
  const tall = last.offsetHeight > log.clientHeight - 24;
  const end = tall ? last.offsetTop - 12 : log.scrollHeight - log.clientHeight;
  log.scrollTo({ top: alarm ? Math.min(end, alarm.offsetTop - 12) : end, behavior: calm() ? "auto" : "smooth" });
}

/** iOS does not shrink the page for its keyboard: the height follows what is really visible. */
export function followViewport(): void {
  const view = window.visualViewport;
  if (!view) return;
  const fit = (): void => {
    if (view.scale > 1.01) return;
    document.documentElement.style.setProperty("--height", `${Math.round(view.height)}px`);
    if (view.offsetTop > 0) scrollTo(0, 0);
  };
  view.addEventListener("resize", () => {
    fit();
    keepInView(document.querySelector<HTMLElement>(".log"));
  });
  fit();
}
