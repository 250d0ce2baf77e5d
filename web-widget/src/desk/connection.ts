/** The desk's only network: the cookie signs in, the CSRF value goes with every change. */
import { follow } from "../parts/stream";
import type {
  DeskConversation,
  DeskText,
  ErrorAnswer,
  Fence,
  Login,
  Me,
  Queue,
  RequestAction,
  RequestCard,
  RequestList,
  TakenBy,
} from "../wire";

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code = "",
    readonly owner: string | null = null,
    /** The service's sentence for staff: what happened, then what to do. */
    readonly told = "",
  ) {
    super(`the service answered ${status}`);
  }
}

/** An answer that takes longer counts as lost; writing again with the same key is safe. */
const PATIENCE = 15_000;

export type Step = "claim" | "release" | "return" | "resolve";

const enc = encodeURIComponent;

export class Connection {
  private csrf = "";
  private stop: (() => void) | null = null;

  async me(): Promise<Me> {
    return this.signed(await this.call<Me>("GET", "me"));
  }

  async login(login: Login): Promise<Me> {
    return this.signed(await this.call<Me>("POST", "login", login));
  }

  async logout(): Promise<void> {
    this.close();
    await this.ask("POST", "logout");
  }

  queue(): Promise<Queue> {
    return this.call<Queue>("GET", "queue");
  }

  async requests(): Promise<RequestCard[]> {
    return (await this.call<RequestList>("GET", "requests")).requests;
  }

  conversation(id: string): Promise<DeskConversation> {
    return this.call<DeskConversation>("GET", `conversations/${enc(id)}`);
  }

  step(id: string, step: Step, fence: Fence): Promise<DeskConversation> {
    return this.call<DeskConversation>("POST", `conversations/${enc(id)}/${step}`, fence);
  }

  write(id: string, kind: "reply" | "note", text: DeskText, key: string): Promise<DeskConversation> {
    return this.call<DeskConversation>("POST", `conversations/${enc(id)}/${kind}`, text, { "Idempotency-Key": key });
  }

  act(request: string, action: string, body: RequestAction): Promise<RequestCard> {
    return this.call<RequestCard>("POST", `requests/${enc(request)}/${enc(action)}`, body);
  }

  async acknowledge(alert: string): Promise<void> {
    await this.ask("POST", `alerts/${enc(alert)}/acknowledge`);
  }

  /** Only ids come down the stream: whatever changed is fetched anew with this person's rights. */
  listen(changed: (what: string, id: string) => void, line: (line: "up" | "down") => void, over: () => void): void {
    this.close();
    this.stop = follow({
      open: (signal) => fetch("/api/desk/stream", { cache: "no-store", credentials: "same-origin", signal }),
      heard: (event) => {
        if (event.event === "resync") return changed("everything", "");
        if (event.event !== "changed") return;
        const { what, id } = JSON.parse(event.data) as { what?: string; id?: string };
        changed(what ?? "everything", id ?? "");
      },
      status: (status) => {
        if (status === "up") {
          line("up");
          changed("everything", "");
        } else if (status === "refused") over();
        else if (status === "unusable") {
          line("down");
          const timer = setInterval(() => changed("everything", ""), 5_000);
          this.stop = () => clearInterval(timer);
        } else line("down");
      },
    });
  }

  close(): void {
    this.stop?.();
    this.stop = null;
  }

  private signed(me: Me): Me {
    this.csrf = me.csrf;
    return me;
  }

  private async ask(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Response> {
    const headers: Record<string, string> = { ...more };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (method === "POST") headers["X-CSRF"] = this.csrf;
    let answer: Response;
    try {
      answer = await fetch(`/api/desk/${path}`, {
        method,
        headers,
        cache: "no-store",
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new Refused(0);
    }
    if (answer.ok) return answer;
    const told = (await answer.json().catch(() => ({}))) as Partial<ErrorAnswer & TakenBy>;
    throw new Refused(answer.status, told.code ?? "", told.owner_name ?? null, told.message ?? "");
  }

  private async call<Answer>(method: string, path: string, body?: unknown, more?: Record<string, string>): Promise<Answer> {
    const answer = await this.ask(method, path, body, more);
    return (await answer.json()) as Answer;
  }
}
