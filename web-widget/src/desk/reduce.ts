/** The whole state of the desk and how events change it. Pure: no clock, no network, no page. */
import type { DeskConversation, HandoffCard, Me, Queue, RequestCard } from "../wire";

export type Section = "handoffs" | "appointments" | "refills";
export type Filter = "all" | "mine" | "waiting";
export type Tab = "reply" | "note";

export interface Draft {
  reply: string;
  note: string;
}

export interface Desk {
  phase: "loading" | "login" | "ready";
  me: Me | null;
  loginProblem: "wrong" | "slow_down" | "down" | null;
  signedOut: boolean;
  section: Section;
  filter: Filter;
  queue: Queue | null;
  /** Server time minus ours in milliseconds: waiting times are told by the server's clock. */
  skew: number;
  requests: RequestCard[];
  selected: string | null;
  conversation: DeskConversation | null;
  /** Survive sign-out on purpose: nobody loses what they typed. Never stored. */
  drafts: Record<string, Draft>;
  tab: Tab;
  line: "up" | "down";
  problem: string | null;
  sound: boolean;
  keys: boolean;
  idleWarned: boolean;
  busy: boolean;
}

export const blankDesk = (): Desk => ({
  phase: "loading",
  me: null,
  loginProblem: null,
  signedOut: false,
  section: "handoffs",
  filter: "all",
  queue: null,
  skew: 0,
  requests: [],
  selected: null,
  conversation: null,
  drafts: {},
  tab: "reply",
  line: "up",
  problem: null,
  sound: false,
  keys: true,
  idleWarned: false,
  busy: false,
});

export type DeskEvent =
  | { type: "me.known"; me: Me }
  | { type: "me.unknown"; expired: boolean }
  | { type: "login.refused"; problem: "wrong" | "slow_down" | "down" }
  | { type: "section.chosen"; section: Section }
  | { type: "filter.chosen"; filter: Filter }
  | { type: "queue.loaded"; queue: Queue; at: number }
  | { type: "requests.loaded"; requests: RequestCard[] }
  | { type: "selected"; conversation: string | null }
  | { type: "conversation.loaded"; conversation: DeskConversation }
  | { type: "request.changed"; request: RequestCard }
  | { type: "draft.typed"; conversation: string; tab: Tab; text: string }
  | { type: "draft.sent"; conversation: string; tab: Tab }
  | { type: "tab.chosen"; tab: Tab }
  | { type: "line.changed"; line: "up" | "down" }
  | { type: "problem"; problem: string | null }
  | { type: "sound.toggled" }
  | { type: "keys.toggled" }
  | { type: "idle.warned" }
  | { type: "idle.stayed" }
  | { type: "busy"; busy: boolean };

export function reduce(desk: Desk, event: DeskEvent): Desk {
  switch (event.type) {
    case "me.known": {
      // Another person at this computer must not find the drafts of the one before.
      const same = desk.me === null || desk.me.id === event.me.id;
      return {
        ...desk,
        phase: "ready",
        me: event.me,
        loginProblem: null,
        signedOut: false,
        idleWarned: false,
        drafts: same ? desk.drafts : {},
        selected: same ? desk.selected : null,
      };
    }
    case "me.unknown":
      return {
        ...desk,
        phase: "login",
        signedOut: event.expired,
        queue: null,
        requests: [],
        conversation: null,
        idleWarned: false,
        busy: false,
        problem: null,
      };
    case "login.refused":
      return { ...desk, loginProblem: event.problem, busy: false };
    case "section.chosen":
      return { ...desk, section: event.section, filter: "all", selected: null, conversation: null, problem: null };
    case "filter.chosen":
      return { ...desk, filter: event.filter };
    case "queue.loaded":
      return { ...desk, queue: event.queue, skew: Date.parse(event.queue.now) - event.at };
    case "requests.loaded":
      return { ...desk, requests: event.requests };
    case "selected":
      if (event.conversation === desk.selected) return desk;
      return { ...desk, selected: event.conversation, conversation: null, tab: "reply", problem: null };
    case "conversation.loaded":
      // An answer that comes late, for a conversation no longer open, is dropped.
      return event.conversation.id === desk.selected ? { ...desk, conversation: event.conversation } : desk;
    case "request.changed": {
      const swap = (all: RequestCard[]): RequestCard[] =>
        all.map((one) => (one.id === event.request.id ? event.request : one));
      const conversation = desk.conversation && { ...desk.conversation, requests: swap(desk.conversation.requests) };
      return { ...desk, requests: swap(desk.requests), conversation };
    }
    case "draft.typed": {
      const draft = { ...draftOf(desk, event.conversation), [event.tab]: event.text };
      return { ...desk, drafts: { ...desk.drafts, [event.conversation]: draft } };
    }
    case "draft.sent": {
      const draft = { ...draftOf(desk, event.conversation), [event.tab]: "" };
      return { ...desk, drafts: { ...desk.drafts, [event.conversation]: draft }, problem: null };
    }
    case "tab.chosen":
      return { ...desk, tab: event.tab };
    case "line.changed":
      return { ...desk, line: event.line };
    case "problem":
      return { ...desk, problem: event.problem };
    case "sound.toggled":
      return { ...desk, sound: !desk.sound };
    case "keys.toggled":
      return { ...desk, keys: !desk.keys };
    case "idle.warned":
      return { ...desk, idleWarned: true };
    case "idle.stayed":
      return { ...desk, idleWarned: false };
    case "busy":
      return { ...desk, busy: event.busy };
  }
}

export const draftOf = (desk: Desk, conversation: string): Draft =>
  desk.drafts[conversation] ?? { reply: "", note: "" };

/** Urgent first, then past due, then the longest wait. */
export function ordered(handoffs: HandoffCard[], now: number): HandoffCard[] {
  const late = (card: HandoffCard): boolean => card.due !== null && !card.owner && Date.parse(card.due) < now;
  return [...handoffs].sort(
    (one, two) =>
      Number(two.urgent) - Number(one.urgent) ||
      Number(late(two)) - Number(late(one)) ||
      Date.parse(one.since) - Date.parse(two.since),
  );
}

export function filtered(handoffs: HandoffCard[], filter: Filter): HandoffCard[] {
  if (filter === "mine") return handoffs.filter((card) => card.mine);
  if (filter === "waiting") return handoffs.filter((card) => !card.owner);
  return handoffs;
}

export const inSection = (request: RequestCard, section: Section): boolean =>
  (request.kind === "refill") === (section === "refills");

/** What still needs somebody, urgent and overdue first; and what is settled. */
export function split(requests: RequestCard[]): { open: RequestCard[]; settled: RequestCard[] } {
  const open = requests
    .filter((one) => one.actions.length > 0)
    .sort((one, two) => Number(two.urgent) - Number(one.urgent) || one.created.localeCompare(two.created));
  const settled = requests
    .filter((one) => one.actions.length === 0)
    .sort((one, two) => two.created.localeCompare(one.created));
  return { open, settled };
}

/** Conversations in the order of the list on screen, for J and K. */
export function listed(desk: Desk, now: number): string[] {
  if (desk.section === "handoffs") {
    return filtered(ordered(desk.queue?.handoffs ?? [], now), desk.filter).map((card) => card.conversation);
  }
  const { open, settled } = split(desk.requests.filter((one) => inSection(one, desk.section)));
  return [...new Set([...open, ...settled].map((one) => one.conversation))];
}
