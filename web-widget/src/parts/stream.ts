/**
 * Server-sent events over fetch: unlike EventSource it can send a bearer token and sees status codes.
 *
 * `follow` keeps one stream alive: reconnects with backoff and jitter, gives up on silence, and reports when streaming does
 * not work at all so that the caller can poll.
 */

export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

/** Turns chunks of text into events. Comment lines (pings) make no event. */
export class EventReader {
  private rest = "";

  push(chunk: string): ServerEvent[] {
    const text = (this.rest + chunk).replace(/\r\n/g, "\n");
    const parts = text.split("\n\n");
    this.rest = parts.pop() ?? "";
    const events: ServerEvent[] = [];
    for (const part of parts) {
      const event: ServerEvent = { id: "", event: "message", data: "" };
      const data: string[] = [];
      for (const line of part.split("\n")) {
        const colon = line.indexOf(":");
        if (colon <= 0) continue;
        const value = line.slice(colon + 1).replace(/^ /, "");
        const name = line.slice(0, colon);
        if (name === "data") data.push(value);
        else if (name === "event") event.event = value;
        else if (name === "id") event.id = value;
      }
      event.data = data.join("\n");
      if (data.length > 0) events.push(event);
    }
    return events;
  }
}

export const FIRST_WAIT = 500;
export const LONGEST_WAIT = 15_000;
/** The server pings every 15 s: three missed pings mean that the line is dead. */
export const SILENCE = 45_000;
/** A proxy that buffers answers shows as an open line with no first byte. */
export const FIRST_BYTE = 20_000;

/** How long to wait before try number `attempt` (from 0). `chance` is 0..1; half of the wait is jitter. */
export function backoff(attempt: number, chance: number): number {
  const full = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt, 10));
  return Math.round(full / 2 + (full / 2) * chance);
}

export interface Line {
  open: (signal: AbortSignal) => Promise<Response>;
  heard: (event: ServerEvent) => void;
  /** `up`: bytes arrive. `down`: waiting to try again. `refused`: the session is over. `unusable`: two opens failed. */
  status: (status: "up" | "down" | "refused" | "unusable") => void;
}

/** Returns the function that ends it. */
export function follow(line: Line): () => void {
  let ended = false;
  let attempt = 0;
  let failures = 0;
  let everUp = false;
  let abort = new AbortController();
  let wake: (() => void) | null = null;

  const hurry = (): void => {
    attempt = 0;
    wake?.();
  };
  const seen = (): void => {
    if (document.visibilityState === "visible") hurry();
  };
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", seen);

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const once = async (): Promise<"refused" | "closed"> => {
    abort = new AbortController();
    let watchdog = setTimeout(() => abort.abort(), FIRST_BYTE);
    const alive = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => abort.abort(), SILENCE);
    };
    try {
      const answer = await line.open(abort.signal);
      if (answer.status === 401 || answer.status === 403 || answer.status === 410) return "refused";
      if (!answer.ok || !answer.body) throw new Error(`stream answered ${answer.status}`);
      const reader = answer.body.getReader();
      const decoder = new TextDecoder();
      const events = new EventReader();
      let first = true;
      for (;;) {
        const { done, value } = await reader.read();
        if (done || ended) return "closed";
        if (first) {
          first = false;
          everUp = true;
          attempt = failures = 0;
          line.status("up");
        }
        alive();
        for (const event of events.push(decoder.decode(value, { stream: true }))) line.heard(event);
      }
    } finally {
      clearTimeout(watchdog);
    }
  };

  void (async () => {
    while (!ended) {
      try {
        if ((await once()) === "refused") {
          if (!ended) line.status("refused");
          return;
        }
      } catch {
        failures += 1;
      }
      if (ended) return;
      if (failures >= 2 && !everUp) return line.status("unusable");
      line.status("down");
      await pause(backoff(attempt++, Math.random()));
    }
  })();

  return () => {
    ended = true;
    abort.abort();
    wake?.();
    removeEventListener("online", hurry);
    document.removeEventListener("visibilitychange", seen);
  };
}
