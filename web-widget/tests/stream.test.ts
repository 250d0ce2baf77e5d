import { describe, expect, it } from "vitest";
import { backoff, EventReader, LONGEST_WAIT } from "../src/parts/stream";

describe("reading server-sent events", () => {
  it("joins events cut anywhere and skips pings", () => {
    const wire = ': ping\n\nid: 7\nevent: message\ndata: {"a":1}\n\nevent: state\ndata: x\ndata: y\n\n';
    for (let cut = 1; cut < wire.length; cut += 1) {
      const reader = new EventReader();
      const events = [...reader.push(wire.slice(0, cut)), ...reader.push(wire.slice(cut))];
      expect(events).toEqual([
        { id: "7", event: "message", data: '{"a":1}' },
        { id: "", event: "state", data: "x\ny" },
      ]);
    }
  });

  it("reads carriage returns as line ends, also when cut between the two", () => {
    const reader = new EventReader();
    expect([...reader.push("data: 1\r"), ...reader.push("\n\r\n")]).toEqual([{ id: "", event: "message", data: "1" }]);
  });
});

describe("backoff", () => {
  it("grows to its limit and always keeps some jitter", () => {
    expect([0, 1, 2].map((attempt) => backoff(attempt, 1))).toEqual([500, 1000, 2000]);
    expect(backoff(30, 1)).toBe(LONGEST_WAIT);
    expect(backoff(30, 0)).toBe(LONGEST_WAIT / 2);
  });
});
