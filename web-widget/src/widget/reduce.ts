/** The whole state of the widget and how events change it. Pure: no clock, no network, no page. */
import type { Accepted, Block, Message, PracticeCard, Session, State, Transcript } from "../wire";

export type Language = "en" | "es";

/** Something the patient sent that the server's copy has not replaced yet. `shown` is masked for a form answer. */
export interface Pending {
  key: string;
  text: string;
  choice: string | null;
  slot: string | null;
  shown: string;
  state: "waiting" | "sending" | "sent" | "not_sent";
  seq: number;
}

export interface Announcement {
  key: string;
  who: string;
  language: string;
  text: string;
}

export type Phase = "loading" | "unknown" | "link" | "ready" | "ended" | "idle";

export interface Chat {
  phase: Phase;
  practice: PracticeCard | null;
  language: Language;
  languageChosen: boolean;
  session: { conversation: string; scope: "chat" | "form"; idleMinutes: number } | null;
  messages: Message[];
  after: number;
  outbox: Pending[];
  other: State | null;
  line: "up" | "down" | "lost";
  /** Said once each to a screen reader; the view shows the newest ones and never repeats a key. */
  announcements: Announcement[];
  /** An emergency card that has just arrived and has not had the focus yet. */
  alarm: string | null;
  awaiting: boolean;
  warned: boolean;
  shown: boolean;
  unread: number;
  problem: "send" | "busy" | "link" | "code" | null;
}

export const blank = (language: Language): Chat => ({
  phase: "loading",
  practice: null,
  language,
  languageChosen: false,
  session: null,
  messages: [],
  after: 0,
  outbox: [],
  other: null,
  line: "up",
  announcements: [],
  alarm: null,
  awaiting: false,
  warned: false,
  shown: true,
  unread: 0,
  problem: null,
});

export type ChatEvent =
  | { type: "practice.loaded"; practice: PracticeCard }
  | { type: "practice.failed" }
  | { type: "link.asked" }
  | { type: "link.failed"; busy: boolean }
  | { type: "code.failed"; busy: boolean }
  | { type: "language.chosen"; language: Language }
  | { type: "session.started"; session: Session }
  | { type: "outgoing.added"; key: string; text: string; choice: string | null; slot: string | null; shown: string }
  | { type: "outgoing.sending"; key: string }
  | { type: "outgoing.accepted"; key: string; accepted: Accepted }
  | { type: "outgoing.failed"; key: string; busy: boolean }
  | { type: "outgoing.retried" }
  | { type: "message.arrived"; message: Message }
  | { type: "state.arrived"; state: State }
  | { type: "transcript.loaded"; transcript: Transcript; quiet: boolean }
  | { type: "line.changed"; line: Chat["line"] }
  | { type: "awaited" }
  | { type: "alarm.seen" }
  | { type: "shown.changed"; shown: boolean }
  | { type: "idle.warned" }
  | { type: "idle.stayed" }
  | { type: "ended"; why: "ended" | "idle" }
  | { type: "restarted" };

export function reduce(chat: Chat, event: ChatEvent): Chat {
  switch (event.type) {
    case "practice.loaded": {
      const phase = chat.phase === "loading" || chat.phase === "unknown" ? "ready" : chat.phase;
      return { ...chat, phase, practice: event.practice };
    }
    case "practice.failed":
      return chat.phase === "loading" ? { ...chat, phase: "unknown" } : chat;
    case "link.asked":
      return { ...chat, phase: "link", problem: null };
    case "link.failed":
      return { ...chat, problem: event.busy ? "busy" : "link" };
    case "code.failed":
      return { ...chat, problem: event.busy ? "busy" : "code" };
    case "language.chosen":
      return { ...chat, language: event.language, languageChosen: true };
    case "session.started": {
      const { conversation, scope, idle_minutes: idleMinutes, after, language } = event.session;
      return {
        ...chat,
        phase: "ready",
        session: { conversation, scope, idleMinutes },
        after,
        language: chat.languageChosen ? chat.language : known(language, chat.language),
        problem: null,
      };
    }
    case "outgoing.added": {
      const { key, text, choice, slot, shown } = event;
      if (chat.outbox.some((pending) => pending.key === key)) return chat;
      return {
        ...chat,
        outbox: [...chat.outbox, { key, text, choice, slot, shown, state: "waiting", seq: 0 }],
        announcements: said(chat, { key, who: "", language: chat.language, text: shown }),
        awaiting: chat.other?.who !== "staff",
        warned: false,
        problem: null,
      };
    }
    case "outgoing.sending":
      return { ...chat, outbox: mark(chat.outbox, event.key, "sending") };
    case "outgoing.accepted": {
      const arrived = chat.messages.some((message) => message.client_id === event.key);
      const outbox = arrived
        ? chat.outbox.filter((pending) => pending.key !== event.key)
        : mark(chat.outbox, event.key, "sent", event.accepted.seq);
      return { ...chat, outbox };
    }
    case "outgoing.failed":
      // What stands behind a failed message waits with it: the order in which the patient wrote is kept.
      return {
        ...chat,
        outbox: chat.outbox.map((pending) => (pending.state === "sent" ? pending : { ...pending, state: "not_sent" })),
        awaiting: false,
        problem: event.busy ? "busy" : "send",
      };
    case "outgoing.retried":
      return {
        ...chat,
        outbox: chat.outbox.map((pending) =>
          pending.state === "not_sent" ? { ...pending, state: "waiting" } : pending,
        ),
        problem: null,
      };
    case "message.arrived":
      return arrive(chat, event.message, false);
    case "state.arrived":
      return withState(chat, event.state);
    case "transcript.loaded": {
      const loaded = event.transcript.messages.reduce((so, message) => arrive(so, message, event.quiet), chat);
      return withState(loaded, event.transcript.state);
    }
    case "line.changed":
      return chat.line === event.line ? chat : { ...chat, line: event.line };
    case "awaited":
      return { ...chat, awaiting: false };
    case "alarm.seen":
      return { ...chat, alarm: null };
    case "shown.changed":
      return { ...chat, shown: event.shown, unread: event.shown ? 0 : chat.unread };
    case "idle.warned":
      return { ...chat, warned: true };
    case "idle.stayed":
      return { ...chat, warned: false };
    case "ended":
      return {
        ...blank(chat.language),
        languageChosen: chat.languageChosen,
        practice: chat.practice,
        phase: event.why,
        shown: chat.shown,
      };
    case "restarted":
      return {
        ...blank(chat.language),
        languageChosen: chat.languageChosen,
        practice: chat.practice,
        phase: chat.practice ? "ready" : "loading",
        shown: chat.shown,
      };
  }
}

/** One message in its place. A repeated `seq` or a repeated own message changes nothing. */
function arrive(chat: Chat, message: Message, quiet: boolean): Chat {
  if (chat.messages.some((known) => known.seq === message.seq)) return chat;
  const own = message.author === "patient";
  const emergency = message.blocks.some((block) => block.type === "emergency");
  const text = spoken(message.blocks);
  return {
    ...chat,
    messages: [...chat.messages, message].sort((one, two) => one.seq - two.seq),
    after: Math.max(chat.after, message.seq),
    outbox: chat.outbox.filter((pending) => pending.key !== message.client_id),
    announcements: quiet
      ? chat.announcements
      : said(chat, {
          key: own ? message.client_id ?? message.id : message.id,
          who: own ? "" : message.label,
          language: message.language,
          text,
        }),
    alarm: emergency && !quiet ? message.id : chat.alarm,
    awaiting: own ? chat.awaiting : false,
    unread: own || quiet || chat.shown ? chat.unread : chat.unread + 1,
  };
}

function withState(chat: Chat, state: State): Chat {
  const language = chat.languageChosen ? chat.language : known(state.language, chat.language);
  return { ...chat, other: state, language, awaiting: state.who === "staff" ? false : chat.awaiting };
}

function said(chat: Chat, next: Announcement): Announcement[] {
  if (!next.text || chat.announcements.some((one) => one.key === next.key)) return chat.announcements;
  return [...chat.announcements, next];
}

function mark(outbox: Pending[], key: string, state: Pending["state"], seq = 0): Pending[] {
  return outbox.map((pending) => (pending.key === key ? { ...pending, state, seq: seq || pending.seq } : pending));
}

function known(language: string, otherwise: Language): Language {
  return language === "en" || language === "es" ? language : otherwise;
}

/** The words of a message as a screen reader hears them. The emergency card is an alert of its own, so not here. */
export function spoken(blocks: Block[]): string {
  const lines = blocks.map((block): string => {
    switch (block.type) {
      case "paragraph":
      case "notice":
        return block.text;
      case "list":
        return block.items.join(". ");
      case "link":
        return block.label;
      case "quick_replies":
        return block.choices.map((choice) => choice.label).join(", ");
      case "openings":
        return block.days.map((day) => day.label).join(", ");
      case "field":
        return block.error ? `${block.error}. ${block.label}` : block.label;
      case "summary":
      case "receipt":
        return [block.title, ...block.rows.map((row) => `${row.label}: ${row.value}`)].join(". ");
      case "emergency":
      case "sources":
        return "";
    }
  });
  return lines.filter(Boolean).join(" ");
}

const ANSWERABLE: ReadonlySet<string> = new Set(["quick_replies", "openings", "field", "summary"]);

/** The message whose buttons and fields still count: the last one that asks, unless the patient has answered since. */
export function liveMessage(chat: Chat): string | null {
  if (chat.outbox.length > 0) return null;
  for (let at = chat.messages.length - 1; at >= 0; at -= 1) {
    const message = chat.messages[at];
    if (!message || message.author === "patient") return null;
    if (message.blocks.some((block) => ANSWERABLE.has(block.type))) return message.id;
  }
  return null;
}

/** The next message to send: in order, one at a time, none past a failed one. */
export function nextToSend(chat: Chat): Pending | null {
  const first = chat.outbox.find((pending) => pending.state !== "sent");
  return first?.state === "waiting" ? first : null;
}
