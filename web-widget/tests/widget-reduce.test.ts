import { describe, expect, it } from "vitest";
import { blank, type Chat, type ChatEvent, liveMessage, nextToSend, reduce } from "../src/widget/reduce";
import { message, practice, session, state } from "./made";

const after = (...events: ChatEvent[]): Chat => events.reduce(reduce, blank("en"));
const added = (key: string, text = "hello"): ChatEvent => ({
  type: "outgoing.added",
  key,
  text,
  choice: null,
  slot: null,
  shown: text,
});
const arrived = (seq: number, more = {}): ChatEvent => ({ type: "message.arrived", message: message(seq, more) });
const started: ChatEvent = { type: "session.started", session };
const heard = (chat: Chat): string[] => chat.announcements.map((one) => one.text);

describe("messages", () => {
  it("keeps the order of seq and takes no message twice", () => {
    const chat = after(started, arrived(3), arrived(1), arrived(3), arrived(2));
    expect(chat.messages.map((one) => one.seq)).toEqual([1, 2, 3]);
    expect(chat.after).toBe(3);
  });

  it("announces each new message exactly once, whether streamed, replayed or fetched", () => {
    const again = { messages: [message(1), message(2)], state: state() };
    const chat = after(started, arrived(1), arrived(1), { type: "transcript.loaded", transcript: again, quiet: false });
    expect(heard(chat)).toEqual(["words 1", "words 2"]);
  });

  it("does not read out history when an earlier chat is opened again", () => {
    const chat = after(started, { type: "transcript.loaded", transcript: { messages: [message(1)], state: state() }, quiet: true });
    expect(heard(chat)).toEqual([]);
    expect(chat.messages).toHaveLength(1);
  });

  it("leaves the words of an emergency card to its own alert, and asks for focus once", () => {
    const blocks = [{ type: "emergency" as const, kind: "emergency", title: "T", text: "X", links: [] }];
    const chat = after(started, arrived(1, { blocks }));
    expect(heard(chat)).toEqual([]);
    expect(chat.alarm).toBe("m1");
    expect(reduce(chat, { type: "alarm.seen" }).alarm).toBeNull();
    expect(reduce(reduce(chat, { type: "alarm.seen" }), arrived(1, { blocks })).alarm).toBeNull();
  });
});

describe("outbox", () => {
  it("replaces an own message by the server's copy and announces it once", () => {
    const own = { author: "patient", client_id: "k1", blocks: [{ type: "paragraph", text: "hello" }] };
    const chat = after(started, added("k1"), { type: "outgoing.sending", key: "k1" }, arrived(1, own), {
      type: "outgoing.accepted",
      key: "k1",
      accepted: { id: "m1", seq: 1 },
    });
    expect(chat.outbox).toEqual([]);
    expect(heard(chat)).toEqual(["hello"]);
  });

  it("shows sent until the server's copy arrives", () => {
    const chat = after(started, added("k1"), { type: "outgoing.accepted", key: "k1", accepted: { id: "m1", seq: 1 } });
    expect(chat.outbox.map((one) => one.state)).toEqual(["sent"]);
    expect(nextToSend(chat)).toBeNull();
  });

  it("keeps the order: what stands behind a failed message waits with it and is tried again with the same key", () => {
    const failed = after(started, added("k1"), added("k2"), { type: "outgoing.sending", key: "k1" }, {
      type: "outgoing.failed",
      key: "k1",
      busy: false,
    });
    expect(failed.outbox.map((one) => one.state)).toEqual(["not_sent", "not_sent"]);
    expect(nextToSend(failed)).toBeNull();
    const again = reduce(failed, { type: "outgoing.retried" });
    expect(nextToSend(again)?.key).toBe("k1");
    expect(again.outbox.map((one) => one.key)).toEqual(["k1", "k2"]);
  });

  it("sends one message at a time", () => {
    const chat = after(started, added("k1"), added("k2"), { type: "outgoing.sending", key: "k1" });
    expect(nextToSend(chat)).toBeNull();
  });
});

describe("what can be answered", () => {
  const asks = { blocks: [{ type: "quick_replies", choices: [{ id: "yes", label: "Yes" }] }] };

  it("is the last message that asks, also when a notice follows it", () => {
    expect(liveMessage(after(started, arrived(1, asks), arrived(2)))).toBe("m1");
    expect(liveMessage(after(started, arrived(1, asks), arrived(2, asks)))).toBe("m2");
  });

  it("is nothing once the patient has answered, sent or not", () => {
    expect(liveMessage(after(started, arrived(1, asks), added("k1")))).toBeNull();
    expect(liveMessage(after(started, arrived(1, asks), arrived(2, { author: "patient" })))).toBeNull();
  });
});

describe("session", () => {
  it("keeps nothing of the conversation after the end or after idling", () => {
    for (const why of ["ended", "idle"] as const) {
      const chat = after({ type: "practice.loaded", practice }, started, added("k1"), arrived(1), { type: "ended", why });
      expect(chat).toMatchObject({ messages: [], outbox: [], session: null, announcements: [], other: null, phase: why });
      expect(chat.practice).toEqual(practice);
    }
  });

  it("follows the language of the conversation until the patient chooses one", () => {
    const spoken: ChatEvent = { type: "state.arrived", state: state({ language: "es" }) };
    expect(after(started, spoken).language).toBe("es");
    expect(after(started, { type: "language.chosen", language: "en" }, spoken).language).toBe("en");
  });

  it("counts unread messages only while the panel is hidden, and not one's own", () => {
    const hidden: ChatEvent = { type: "shown.changed", shown: false };
    const chat = after(started, hidden, arrived(1), arrived(2, { author: "patient" }), arrived(3));
    expect(chat.unread).toBe(2);
    expect(reduce(chat, { type: "shown.changed", shown: true }).unread).toBe(0);
  });

  it("does not wait for the assistant while a person has the conversation", () => {
    const chat = after(started, { type: "state.arrived", state: state({ who: "staff", staff: "Maria" }) }, added("k1"));
    expect(chat.awaiting).toBe(false);
  });
});
