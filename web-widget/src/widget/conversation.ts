/** Runs one patient's conversation: takes what the view asks for, speaks to the connection, feeds the reducer. */
import { signal } from "@preact/signals";
import type { Message } from "../wire";
import { type Connection, Refused } from "./connection";
import { blank, type Chat, type ChatEvent, type Language, nextToSend, reduce } from "./reduce";

const TRIES = 3;
const SLOW_ANSWER = 5_000;
const LONGEST_AWAIT = 20_000;
const WARNING = 2 * 60_000;
/** Reading and typing count as activity here; the service hears of it this often. */
const RENEW = 5 * 60_000;
const LOOK_AT_CLOCK = 5_000;
const MASK = "••••••";

export interface Said {
  text: string;
  choice?: string;
  slot?: string;
}

export class Conversation {
  readonly chat;
  private flushing = false;
  private starting: Promise<void> | null = null;
  private touched = Date.now();
  private renewed = Date.now();
  private awaitTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly connection: Connection,
    private practice: string,
    language: Language,
  ) {
    this.chat = signal<Chat>(blank(language));
    setInterval(() => this.watchClock(), LOOK_AT_CLOCK);
    addEventListener("pagehide", () => this.connection.leave());
    // A page that comes back from the browser's memory has lost its stream.
    addEventListener("pageshow", (event) => event.persisted && this.chat.value.session && this.listen());
  }

  dispatch(event: ChatEvent): void {
    this.chat.value = reduce(this.chat.value, event);
  }

  touch(): void {
    this.touched = Date.now();
    if (this.chat.value.warned) this.dispatch({ type: "idle.stayed" });
  }

  async loadPractice(id = this.practice): Promise<void> {
    this.practice = id;
    try {
      this.dispatch({ type: "practice.loaded", practice: await this.connection.practice(id) });
    } catch {
      this.dispatch({ type: "practice.failed" });
    }
  }

  say(said: Said): void {
    this.touch();
    const text = said.text.trim();
    if (!text && !said.choice) return;
    const key = crypto.randomUUID();
    // A form answer is never shown as typed, not even before the server's masked copy arrives.
    const shown = said.slot && !said.choice ? MASK : text;
    const choice = said.choice ?? null;
    this.dispatch({ type: "outgoing.added", key, text, choice, slot: said.slot ?? null, shown });
    void this.flush();
  }

  retry(): void {
    this.touch();
    this.dispatch({ type: "outgoing.retried" });
    void this.flush();
  }

  chooseLanguage(language: Language): void {
    this.touch();
    this.dispatch({ type: "language.chosen", language });
  }

  async resume(code: string): Promise<boolean> {
    this.touch();
    try {
      const session = await this.connection.resume({ practice: this.practice, code: code.trim() });
      this.dispatch({ type: "restarted" });
      this.dispatch({ type: "session.started", session });
      await this.catchUp(0, true);
      this.listen();
      return true;
    } catch (error) {
      this.dispatch({ type: "code.failed", busy: passing(error) });
      return false;
    }
  }

  async openLink(token: string): Promise<void> {
    this.touch();
    try {
      const session = await this.connection.link({ token });
      this.dispatch({ type: "session.started", session });
      if (session.practice && !this.chat.value.practice) await this.loadPractice(session.practice);
      this.listen();
    } catch (error) {
      this.dispatch({ type: "link.failed", busy: passing(error) });
    }
  }

  async calendar(request: string): Promise<boolean> {
    this.touch();
    try {
      const url = URL.createObjectURL(await this.connection.calendar(request));
      const anchor = Object.assign(document.createElement("a"), { href: url, download: "appointment.ics" });
      document.body.append(anchor);
      anchor.click();
      anchor.remove();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      return true;
    } catch {
      return false;
    }
  }

  async end(): Promise<void> {
    const ending = this.connection.end();
    this.dispatch({ type: "ended", why: "ended" });
    await ending.catch(() => undefined);
  }

  restart(): void {
    this.touch();
    this.connection.forget();
    this.dispatch({ type: "restarted" });
    if (!this.chat.value.practice) void this.loadPractice();
  }

  /** One message at a time, in the order written; the same key on every try, so that no message is stored twice. */
  private async flush(): Promise<void> {
    if (this.flushing) return;
    this.flushing = true;
    try {
      for (let next = nextToSend(this.chat.value); next; next = nextToSend(this.chat.value)) {
        const { key, text, choice, slot } = next;
        this.dispatch({ type: "outgoing.sending", key });
        try {
          await this.ready();
          const outgoing = { text, choice, slot, language: this.chat.value.language };
          const accepted = await persist(() => this.connection.send(outgoing, key));
          this.dispatch({ type: "outgoing.accepted", key, accepted });
          this.expectAnswer(accepted.seq);
        } catch (error) {
          const status = error instanceof Refused ? error.status : 0;
          if (status === 401 || status === 410) return this.over();
          this.dispatch({ type: "outgoing.failed", key, busy: status === 429 || status === 503 });
          return;
        }
      }
    } finally {
      this.flushing = false;
    }
  }

  /** A session exists only once the patient has done something. */
  private ready(): Promise<void> {
    if (this.chat.value.session) return Promise.resolve();
    this.starting ??= persist(() =>
      this.connection.start({ practice: this.practice, language: this.chat.value.language }),
    )
      .then((session) => {
        this.dispatch({ type: "session.started", session });
        this.listen();
      })
      .finally(() => (this.starting = null));
    return this.starting;
  }

  private listen(): void {
    this.connection.listen({
      after: () => this.chat.value.after,
      message: (message: Message) => this.dispatch({ type: "message.arrived", message }),
      state: (state) => this.dispatch({ type: "state.arrived", state }),
      transcript: (transcript) => this.dispatch({ type: "transcript.loaded", transcript, quiet: false }),
      line: (line) => this.dispatch({ type: "line.changed", line }),
      over: () => this.over(),
    });
  }

  private async catchUp(after: number, quiet: boolean): Promise<void> {
    const transcript = await this.connection.messages(after);
    this.dispatch({ type: "transcript.loaded", transcript, quiet });
  }

  /** A stream may be stuck behind a proxy: look once by ourselves, and never leave the dots going for ever. */
  private expectAnswer(seq: number): void {
    clearTimeout(this.awaitTimer);
    this.awaitTimer = setTimeout(() => {
      if (this.chat.value.after <= seq && this.chat.value.session) {
        void this.catchUp(this.chat.value.after, false).catch(() => undefined);
      }
      this.awaitTimer = setTimeout(() => this.dispatch({ type: "awaited" }), LONGEST_AWAIT);
    }, SLOW_ANSWER);
  }

  private watchClock(): void {
    const { session, warned } = this.chat.value;
    if (!session) return;
    const quiet = Date.now() - this.touched;
    const limit = session.idleMinutes * 60_000;
    if (quiet >= limit) {
      this.connection.leave();
      this.over();
    } else if (!warned && quiet >= limit - WARNING) this.dispatch({ type: "idle.warned" });
    else if (this.touched > this.renewed && Date.now() - this.renewed >= RENEW) {
      this.renewed = Date.now();
      void this.catchUp(this.chat.value.after, false).catch(() => undefined);
    }
  }

  private over(): void {
    this.connection.forget();
    this.dispatch({ type: "ended", why: "idle" });
  }
}

/** No answer, or one that may be different in a moment. */
function passing(error: unknown): boolean {
  const status = error instanceof Refused ? error.status : 0;
  return status === 0 || status === 429 || status >= 500;
}

/** Tries again where the network or the service was away; a refusal is final. */
async function persist<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!passing(error) || attempt >= TRIES) throw error;
      const asked = error instanceof Refused ? Math.min(error.retryAfter, 10) * 1000 : 0;
      await new Promise((resolve) => setTimeout(resolve, Math.max(asked, 600 * attempt ** 2)));
    }
  }
}
