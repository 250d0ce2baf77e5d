import { describe, expect, it } from "vitest";
import { segments } from "../src/desk/conversation";
import { blankDesk, type Desk, type DeskEvent, draftOf, filtered, listed, ordered, reduce, split } from "../src/desk/reduce";
import { conversation, handoff, me, request } from "./made";

const after = (...events: DeskEvent[]): Desk => events.reduce(reduce, blankDesk());
const signed: DeskEvent = { type: "me.known", me };
const typed: DeskEvent = { type: "draft.typed", conversation: "c1", tab: "reply", text: "half a sentence" };
const NOW = Date.parse("2026-11-22T16:00:00Z");

describe("signing in and out", () => {
  it("keeps what was typed when the session runs out, and shows nothing else", () => {
    const out = after(
      signed,
      { type: "selected", conversation: "c1" },
      { type: "conversation.loaded", conversation: conversation("c1") },
      typed,
      { type: "me.unknown", expired: true },
    );
    expect(out).toMatchObject({ phase: "login", conversation: null, queue: null, requests: [], signedOut: true });
    expect(draftOf(reduce(out, signed), "c1").reply).toBe("half a sentence");
  });

  it("does not hand one person's drafts to the next", () => {
    const other = after(signed, typed, { type: "me.unknown", expired: true }, { type: "me.known", me: { ...me, id: "s2" } });
    expect(draftOf(other, "c1").reply).toBe("");
  });
});

describe("the list", () => {
  it("puts urgent first, then late, then the longest wait", () => {
    const cards = [
      handoff("new", { since: "2026-11-22T15:50:00Z" }),
      handoff("old", { since: "2026-11-22T15:10:00Z" }),
      handoff("late", { since: "2026-11-22T15:40:00Z", due: "2026-11-22T15:59:00Z" }),
      handoff("urgent", { since: "2026-11-22T15:59:00Z", urgent: true }),
    ];
    expect(ordered(cards, NOW).map((card) => card.conversation)).toEqual(["urgent", "late", "old", "new"]);
  });

  it("filters to mine and to those nobody has", () => {
    const cards = [handoff("a", { mine: true, owner: "s1" }), handoff("b"), handoff("c", { owner: "s2" })];
    expect(filtered(cards, "mine").map((card) => card.conversation)).toEqual(["a"]);
    expect(filtered(cards, "waiting").map((card) => card.conversation)).toEqual(["b"]);
  });

  it("walks J and K over what is on screen", () => {
    const loaded = after(signed, { type: "section.chosen", section: "refills" }, {
      type: "requests.loaded",
      requests: [request("1"), request("2", { kind: "refill" }), request("3", { kind: "refill", actions: [] })],
    });
    expect(listed(loaded, NOW)).toEqual(["c-2", "c-3"]);
  });

  it("parts open requests from settled ones by what may still be done", () => {
    const { open, settled } = split([request("1", { actions: [] }), request("2"), request("3", { urgent: true })]);
    expect(open.map((one) => one.id)).toEqual(["3", "2"]);
    expect(settled.map((one) => one.id)).toEqual(["1"]);
  });
});

describe("one conversation", () => {
  it("drops an answer that comes late for a conversation no longer open", () => {
    const moved = after(signed, { type: "selected", conversation: "c1" }, { type: "selected", conversation: "c2" });
    expect(reduce(moved, { type: "conversation.loaded", conversation: conversation("c1") }).conversation).toBeNull();
  });

  it("starts every conversation on the reply tab and keeps reply and note apart", () => {
    const desk = after(
      signed,
      { type: "selected", conversation: "c1" },
      { type: "tab.chosen", tab: "note" },
      { type: "draft.typed", conversation: "c1", tab: "note", text: "staff only" },
      { type: "selected", conversation: "c2" },
    );
    expect(desk.tab).toBe("reply");
    expect(draftOf(desk, "c1")).toEqual({ reply: "", note: "staff only" });
  });

  it("empties only the draft that was sent", () => {
    const desk = after(signed, typed, { type: "draft.typed", conversation: "c1", tab: "note", text: "n" }, {
      type: "draft.sent",
      conversation: "c1",
      tab: "reply",
    });
    expect(draftOf(desk, "c1")).toEqual({ reply: "", note: "n" });
  });
});

describe("segments", () => {
  it("counts 160 plain characters, 70 others, and less in parts", () => {
    expect([segments(""), segments("a".repeat(160)), segments("a".repeat(161))]).toEqual([0, 1, 2]);
    expect([segments("á".repeat(70)), segments("á".repeat(71))]).toEqual([1, 2]);
  });
});
