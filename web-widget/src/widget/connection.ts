/** The widget's only network. Holds the session token, in memory alone, and nothing else of the conversation. */
import { follow, type ServerEvent } from "../parts/stream";
import type {
  Accepted,
  Leave,
  LinkRequest,
  Message,
  Outgoing,
  PracticeCard,
  ResumeRequest,
  Session,
  SessionRequest,
  State,
  Transcript,
} from "../wire";

/** The service refused or could not be reached. `status` 0 means that no answer came. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly retryAfter = 0,
  ) {
    super(`the service answered ${status}`);
  }
}

export interface Listener {
  message: (message: Message) => void;
  state: (state: State) => void;
  transcript: (transcript: Transcript) => void;
  line: (line: "up" | "down" | "lost") => void;
  over: () => void;
  after: () => number;
}

/** An answer that takes longer counts as lost; asking again with the same key is safe. */
const PATIENCE = 15_000;
const POLL_SHOWN = 3_000;
const POLL_HIDDEN = 10_000;
/** A blip shorter than this is not worth a word to the patient. */
const QUIET_DROP = 3_000;
/** Longer than this and we say so, with the phone number. */
const LONG_DROP = 20_000;

export class Connection {
  private token: string | null = null;
  private stop: (() => void) | null = null;
  private dropped: ReturnType<typeof setTimeout>[] = [];

  practice(id: string): Promise<PracticeCard> {
    return this.call<PracticeCard>("GET", `practice/${encodeURIComponent(id)}`);
  }

  start(request: SessionRequest): Promise<Session> {
    return this.admitted(this.call<Session>("POST", "sessions", request));
  }

  resume(request: ResumeRequest): Promise<Session> {
    return this.admitted(this.call<Session>("POST", "resume", request));
  }

  link(request: LinkRequest): Promise<Session> {
    return this.admitted(this.call<Session>("POST", "link", request));
  }

  send(outgoing: Outgoing, key: string): Promise<Accepted> {
    return this.call<Accepted>("POST", "messages", outgoing, { "Idempotency-Key": key });
  }

  messages(after: number): Promise<Transcript> {
    return this.call<Transcript>("GET", `messages?after=${after}`);
  }

  async calendar(request: string): Promise<Blob> {
    const answer = await this.ask("GET", `calendar/${encodeURIComponent(request)}`);
    return answer.blob();
  }

  /** Tells the practice that nobody is reading here any more. Works while the page is going away. */
  leave(): void {
    if (!this.token) return;
    const leaving: Leave = { token: this.token };
    const body = new Blob([JSON.stringify(leaving)], { type: "application/json" });
    if (!navigator.sendBeacon?.("/api/chat/leave", body)) {
      void fetch("/api/chat/leave", { method: "POST", body, keepalive: true }).catch(() => undefined);
    }
  }

  async end(): Promise<void> {
    const ending = this.token ? this.ask("POST", "end") : Promise.resolve();
    this.forget();
    await ending;
  }

  forget(): void {
    this.stop?.();
    this.stop = null;
    this.calm();
    this.token = null;
  }

  /** Keeps the conversation flowing in: a stream, or polling where streams do not get through. */
  listen(listener: Listener): void {
    this.stop?.();
    const reload = (): void => {
      this.messages(listener.after()).then(listener.transcript, (error: unknown) => {
        if (error instanceof Refused && error.status === 401) listener.over();
      });
    };
    this.stop = follow({
      open: (signal) =>
        fetch(`/api/chat/stream?after=${listener.after()}`, {
          headers: this.headers({ Accept: "text/event-stream" }),
          cache: "no-store",
          signal,
        }),
      heard: (event: ServerEvent) => {
        if (event.event === "message") listener.message(JSON.parse(event.data) as Message);
        else if (event.event === "state") listener.state(JSON.parse(event.data) as State);
        else if (event.event === "resync") reload();
      },
      status: (status) => {
        if (status === "up") {
          this.calm();
          listener.line("up");
        } else if (status === "down") this.worry(listener);
        else if (status === "refused") listener.over();
        else this.poll(listener);
      },
    });
  }

  private poll(listener: Listener): void {
    let ended = false;
    let timer: ReturnType<typeof setTimeout>;
    const round = async (): Promise<void> => {
      try {
        listener.transcript(await this.messages(listener.after()));
        this.calm();
        listener.line("up");
      } catch (error) {
        if (error instanceof Refused && (error.status === 401 || error.status === 410)) return listener.over();
        this.worry(listener);
      }
      if (!ended) timer = setTimeout(() => void round(), document.hidden ? POLL_HIDDEN : POLL_SHOWN);
    };
    this.stop = () => {
      ended = true;
      clearTimeout(timer);
    };
    void round();
  }

  private worry(listener: Listener): void {
    if (this.dropped.length > 0) return;
    this.dropped = [
      setTimeout(() => listener.line("down"), QUIET_DROP),
      setTimeout(() => listener.line("lost"), LONG_DROP),
    ];
  }

  private calm(): void {
    this.dropped.forEach(clearTimeout);
    this.dropped = [];
  }

  private async admitted(asking: Promise<Session>): Promise<Session> {
    const session = await asking;
    this.token = session.token;
    return session;
  }

  private headers(more: Record<string, string>): Record<string, string> {
    return this.token ? { ...more, Authorization: `Bearer ${this.token}` } : more;
  }

  private async ask(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Response> {
    const json: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
    let answer: Response;
    try {
      answer = await fetch(`/api/chat/${path}`, {
        method,
        headers: this.headers({ ...json, ...more }),
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new Refused(0);
    }
    if (!answer.ok) throw new Refused(answer.status, Number(answer.headers.get("Retry-After")) || 0);
    return answer;
  }

  private async call<Answer>(method: string, path: string, body?: unknown, more?: Record<string, string>): Promise<Answer> {
    const answer = await this.ask(method, path, body, more);
    return (await answer.json()) as Answer;
  }
}
