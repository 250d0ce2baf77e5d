/** Runs the desk for one member of staff: signing in and out, loading what changed, and each action with its fence. */
import { signal } from "@preact/signals";
import { DESK } from "../strings/desk.en";
import { fill } from "../strings/fill";
import type { Login, RequestAction } from "../wire";
import { type Connection, Refused, type Step } from "./connection";
import { blankDesk, type Desk, type DeskEvent, draftOf, listed, reduce, type Section, type Tab } from "./reduce";
import { chime } from "./sound";

const WARNING = 60_000;
const QUIET: RequestAction = { start: null, clinician: null, location: null, reason: null };

export class Work {
  readonly desk = signal<Desk>(blankDesk());
  readonly now = signal(Date.now());
  private touched = Date.now();
  private renewed = Date.now();
  private keys = new Map<string, string>();

  constructor(private readonly connection: Connection) {
    setInterval(() => this.tick(), 1_000);
  }

  dispatch(event: DeskEvent): void {
    this.desk.value = reduce(this.desk.value, event);
  }

  async start(): Promise<void> {
    try {
      this.admit(await this.connection.me());
    } catch {
      this.dispatch({ type: "me.unknown", expired: false });
    }
  }

  async login(login: Login): Promise<void> {
    this.dispatch({ type: "busy", busy: true });
    try {
      this.admit(await this.connection.login(login));
      this.dispatch({ type: "busy", busy: false });
    } catch (error) {
      const status = error instanceof Refused ? error.status : 0;
      this.dispatch({
        type: "login.refused",
        problem: status === 429 ? "slow_down" : status === 0 || status >= 500 ? "down" : "wrong",
      });
    }
  }

  async logout(expired = false): Promise<void> {
    this.connection.close();
    this.dispatch({ type: "me.unknown", expired });
    await this.connection.logout().catch(() => undefined);
  }

  choose(section: Section): void {
    this.dispatch({ type: "section.chosen", section });
    void this.refresh();
  }

  select(conversation: string | null): void {
    this.dispatch({ type: "selected", conversation });
    if (conversation) void this.load(conversation);
  }

  /** J and K. */
  move(by: 1 | -1): void {
    const order = listed(this.desk.value, this.serverNow());
    const at = order.indexOf(this.desk.value.selected ?? "");
    const next = order[at < 0 ? (by > 0 ? 0 : order.length - 1) : Math.min(order.length - 1, Math.max(0, at + by))];
    if (next) this.select(next);
  }

  step(step: Step): void {
    const open = this.desk.value.conversation;
    if (!open) return;
    void this.attempt(async () => {
      const outcome = step === "resolve" ? "answered" : null;
      const conversation = await this.connection.step(open.id, step, { fence: open.fence, outcome });
      this.dispatch({ type: "conversation.loaded", conversation });
      void this.refresh();
    });
  }

  write(tab: Tab): void {
    const open = this.desk.value.conversation;
    const text = open ? draftOf(this.desk.value, open.id)[tab].trim() : "";
    if (!open || !text || (tab === "reply" && !open.mine)) return;
    // One key for one wording: pressing Send again after a failure cannot store it twice.
    const wording = `${open.id}\n${tab}\n${text}`;
    const key = this.keys.get(wording) ?? crypto.randomUUID();
    this.keys.set(wording, key);
    void this.attempt(async () => {
      const conversation = await this.connection.write(open.id, tab, { fence: open.fence, text }, key);
      this.keys.delete(wording);
      this.dispatch({ type: "draft.sent", conversation: open.id, tab });
      this.dispatch({ type: "conversation.loaded", conversation });
    });
  }

  act(request: string, action: string, body: Partial<RequestAction> = {}): void {
    void this.attempt(async () => {
      const changed = await this.connection.act(request, action, { ...QUIET, ...body });
      this.dispatch({ type: "request.changed", request: changed });
      void this.refresh();
    });
  }

  acknowledge(alert: string): void {
    void this.attempt(async () => {
      await this.connection.acknowledge(alert);
      void this.refresh();
      if (this.desk.value.selected) await this.load(this.desk.value.selected);
    });
  }

  toggleSound(): void {
    this.dispatch({ type: "sound.toggled" });
    if (this.desk.value.sound) chime(false);
  }

  touch(): void {
    this.touched = Date.now();
  }

  stay(): void {
    this.touch();
    this.dispatch({ type: "idle.stayed" });
    this.renew();
  }

  serverNow(): number {
    return this.now.value + this.desk.value.skew;
  }

  /** Seconds until sign-out. */
  idleLeft(): number {
    const limit = (this.desk.value.me?.idle_seconds ?? 900) * 1_000;
    return Math.max(0, Math.ceil((this.touched + limit - this.now.value) / 1_000));
  }

  private admit(me: Parameters<typeof this.known>[0]): void {
    this.known(me);
    this.touch();
    this.renewed = Date.now();
    this.connection.listen(
      (what, id) => this.changed(what, id),
      (line) => this.dispatch({ type: "line.changed", line }),
      () => this.dispatch({ type: "me.unknown", expired: true }),
    );
    void this.refresh();
    if (this.desk.value.selected) void this.load(this.desk.value.selected);
  }

  private known(me: NonNullable<Desk["me"]>): void {
    this.dispatch({ type: "me.known", me });
  }

  private changed(what: string, id: string): void {
    const selected = this.desk.value.selected;
    void this.refresh();
    if (selected && (what !== "conversation" || id === selected)) void this.load(selected);
  }

  private async load(id: string): Promise<void> {
    await this.attempt(async () => {
      this.dispatch({ type: "conversation.loaded", conversation: await this.connection.conversation(id) });
    }, true);
  }

  private async refresh(): Promise<void> {
    await this.attempt(async () => {
      const before = this.desk.value.queue;
      const queue = await this.connection.queue();
      this.dispatch({ type: "queue.loaded", queue, at: Date.now() });
      const urgent = before !== null && queue.counts.urgent > before.counts.urgent;
      const more = before !== null && queue.counts.handoffs > before.counts.handoffs;
      if (this.desk.value.sound && (urgent || more)) chime(urgent);
      if (this.desk.value.section !== "handoffs") {
        this.dispatch({ type: "requests.loaded", requests: await this.connection.requests() });
      }
    }, true);
  }

  private async attempt(action: () => Promise<void>, quiet = false): Promise<void> {
    if (!quiet) this.dispatch({ type: "busy", busy: true });
    try {
      await action();
      if (!quiet) this.dispatch({ type: "problem", problem: null });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 401) {
        this.connection.close();
        return this.dispatch({ type: "me.unknown", expired: true });
      }
      if (quiet) return;
      const selected = this.desk.value.selected;
      if (error.status === 409 && selected) void this.load(selected);
      this.dispatch({ type: "problem", problem: said(error) });
    } finally {
      if (!quiet) this.dispatch({ type: "busy", busy: false });
    }
  }

  private tick(): void {
    this.now.value = Date.now();
    const { phase, idleWarned, me } = this.desk.value;
    if (phase !== "ready" || !me) return;
    const left = this.idleLeft() * 1_000;
    if (left <= 0) void this.logout(true);
    else if (left <= WARNING && !idleWarned) this.dispatch({ type: "idle.warned" });
    // Typing is activity that the server cannot see.
    else if (this.touched > this.renewed && Date.now() - this.renewed > (me.idle_seconds * 1_000) / 4) this.renew();
  }

  private renew(): void {
    this.renewed = Date.now();
    void this.attempt(async () => this.known(await this.connection.me()), true);
  }
}

function said(error: Refused): string {
  if (error.code === "refused" && error.told) return error.told;
  if (error.status === 409) return error.owner ? fill(DESK.taken, { name: error.owner }) : DESK.stale;
  if (error.status === 403) return DESK.forbidden;
  return error.status === 0 ? DESK.down : DESK.failed;
}
