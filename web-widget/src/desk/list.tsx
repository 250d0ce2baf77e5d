/** The list staff work from: handoffs, or requests of one kind. Rows carry no patient words. */
import { Icon } from "../parts/icons";
import { DESK, type DeskWord } from "../strings/desk.en";
import { fill } from "../strings/fill";
import type { HandoffCard, RequestCard } from "../wire";
import { type Filter, filtered, inSection, ordered, split } from "./reduce";
import { span } from "./time";
import type { Work } from "./work";

export const channelWord = (channel: "web" | "sms"): string => DESK[channel];
export const languageWord = (language: string): string =>
  language === "es" ? DESK.lang_es : language === "en" ? DESK.lang_en : language;

export function List({ work }: { work: Work }) {
  const desk = work.desk.value;
  return (
    <section class="list" aria-labelledby="list-head">
      <div class="list-head">
        <h2 id="list-head">{DESK[`${desk.section}_head`]}</h2>
        {desk.section === "handoffs" ? <Filters work={work} /> : null}
      </div>
      {desk.section === "handoffs" ? <Handoffs work={work} /> : <Requests work={work} />}
    </section>
  );
}

function Filters({ work }: { work: Work }) {
  const { filter, queue } = work.desk.value;
  const cards = queue?.handoffs ?? [];
  return (
    <div class="filters" role="group" aria-label={DESK.filter}>
      {(["all", "mine", "waiting"] as Filter[]).map((each) => (
        <button
          key={each}
          type="button"
          class="chip"
          aria-pressed={filter === each}
          onClick={() => work.dispatch({ type: "filter.chosen", filter: each })}
        >
          {DESK[each]} {filtered(cards, each).length}
        </button>
      ))}
    </div>
  );
}

function Handoffs({ work }: { work: Work }) {
  const desk = work.desk.value;
  const now = work.serverNow();
  const all = desk.queue?.handoffs ?? [];
  const cards = filtered(ordered(all, now), desk.filter);
  if (desk.queue && cards.length === 0) {
    return <p class="empty">{all.length === 0 ? DESK.empty_handoffs : DESK.empty_filter}</p>;
  }
  return (
    <ul>
      {cards.map((card) => (
        <li key={card.conversation}>
          <HandoffRow card={card} now={now} current={card.conversation === desk.selected} select={() => work.select(card.conversation)} />
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  card: HandoffCard;
  now: number;
  current: boolean;
  select: () => void;
}

function HandoffRow({ card, now, current, select }: RowProps) {
  return (
    <button type="button" class={`row ${card.urgent ? "urgent" : ""}`} aria-current={current ? "true" : undefined} onClick={select}>
      <span class="row-top">
        <span>
          <Icon name={card.urgent ? "alert" : "chat"} size={17} />
          {card.reason_line}
        </span>
        <span class="wait">{span(now - Date.parse(card.since))}</span>
      </span>
      <span class="tags">
        {card.urgent ? <span class="tag bad">! {DESK.urgent}</span> : null}
        <Due due={card.owner ? null : card.due} now={now} />
        {card.mine ? (
          <span class="tag ok">{DESK.with_you}</span>
        ) : card.owner ? (
          <span class="tag">{fill(DESK.with, { name: card.owner_name ?? "" })}</span>
        ) : null}
        <span class="tag">{channelWord(card.channel)}</span>
        <span class="tag">{languageWord(card.language)}</span>
        {card.patient_left ? (
          <span class="tag late">
            <Icon name="left" size={15} />
            {DESK.patient_left}
          </span>
        ) : null}
      </span>
    </button>
  );
}

/** Says in words whether there is time left; the colour only repeats it. */
export function Due({ due, now }: { due: string | null; now: number }) {
  if (!due) return null;
  const left = Date.parse(due) - now;
  if (Math.abs(left) < 60_000) return <span class="tag late">{DESK.due_now}</span>;
  if (left < 0) return <span class="tag late">{fill(DESK.late, { time: span(-left) })}</span>;
  return <span class="tag">{fill(DESK.left_time, { time: span(left) })}</span>;
}

function Requests({ work }: { work: Work }) {
  const desk = work.desk.value;
  const { open, settled } = split(desk.requests.filter((one) => inSection(one, desk.section)));
  const row = (request: RequestCard) => (
    <li key={request.id}>
      <RequestRow
        request={request}
        now={work.serverNow()}
        current={request.conversation === desk.selected}
        select={() => work.select(request.conversation)}
      />
    </li>
  );
  return (
    <>
      {open.length === 0 ? <p class="empty">{DESK.empty_requests}</p> : <ul>{open.map(row)}</ul>}
      {settled.length > 0 ? (
        <details class="settled">
          <summary>{fill(DESK.settled, { count: settled.length })}</summary>
          <ul>{settled.map(row)}</ul>
        </details>
      ) : null}
    </>
  );
}

const SETTLED: ReadonlySet<string> = new Set(["booked", "done"]);

export function StandingTag({ request }: { request: RequestCard }) {
  const kind = SETTLED.has(request.standing) ? "ok" : request.actions.length > 0 ? "late" : "";
  return <span class={`tag ${kind}`}>{DESK[`standing_${request.standing}` as DeskWord]}</span>;
}

function RequestRow({ request, now, current, select }: { request: RequestCard; now: number; current: boolean; select: () => void }) {
  const name = request.rows.find((row) => row.key === "name")?.value;
  return (
    <button type="button" class={`row ${request.urgent ? "urgent" : ""}`} aria-current={current ? "true" : undefined} onClick={select}>
      <span class="row-top">
        <span>
          <Icon name={request.kind === "refill" ? "pill" : request.kind === "callback" ? "phone" : "calendar"} size={17} />
          {DESK[`kind_${request.kind}` as DeskWord]}
          {name ? ` · ${name}` : ""}
        </span>
        <span class="wait">{span(now - Date.parse(request.created))}</span>
      </span>
      <span class="tags">
        {request.urgent ? <span class="tag bad">! {DESK.urgent}</span> : null}
        <StandingTag request={request} />
        {request.actions.length > 0 ? <Due due={request.due} now={now} /> : null}
        <span class="tag">{channelWord(request.channel)}</span>
        <span class="tag">{languageWord(request.language)}</span>
        {request.confirmed_by_patient ? <span class="tag ok">✓ {DESK.confirmed_by_patient}</span> : null}
      </span>
    </button>
  );
}
