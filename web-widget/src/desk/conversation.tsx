/** One conversation: who has it, why staff got it, what was said, and the two separate ways of writing. */
import { useEffect, useRef } from "preact/hooks";
import { Said } from "../parts/blocks";
import { Icon } from "../parts/icons";
import { DESK, type DeskWord } from "../strings/desk.en";
import { fill } from "../strings/fill";
import type { Block, DeskConversation, Message, Note } from "../wire";
import { channelWord, languageWord } from "./list";
import { draftOf, type Tab } from "./reduce";
import { clock, dayAndClock } from "./time";
import type { Work } from "./work";

interface Props {
  open: DeskConversation;
  work: Work;
  showDetails: () => void;
}

export function ConversationPane({ open, work, showDetails }: Props) {
  const zone = work.desk.value.me?.timezone ?? "UTC";
  const log = useRef<HTMLDivElement>(null);
  const last = open.messages[open.messages.length - 1]?.id;
  useEffect(() => log.current?.scrollTo({ top: log.current.scrollHeight }), [open.id, last, open.notes.length]);
  const name = open.summary.find((row) => row.key === "name")?.value;
  const owner = open.mine
    ? DESK.with_you
    : open.owner
      ? fill(DESK.with, { name: open.owner_name ?? "" })
      : open.status === "pending"
        ? DESK.bot_has
        : DESK.nobody;
  const entries = [
    ...open.messages.map((message) => ({ at: message.at, message })),
    ...open.notes.map((note) => ({ at: note.at, note })),
  ].sort((one, two) => Date.parse(one.at) - Date.parse(two.at));
  return (
    <section class="pane" aria-labelledby="pane-head">
      <div class="pane-head">
        <button type="button" class="sm back" onClick={() => work.select(null)}>
          {DESK.back}
        </button>
        <div class="names">
          <h2 id="pane-head" tabIndex={-1}>
            {name ?? open.handoff?.reason_line ?? channelWord(open.channel)}
          </h2>
          <p class="mut">
            {channelWord(open.channel)} · {languageWord(open.language)} · {owner}
          </p>
        </div>
        <Steps open={open} work={work} />
        <button type="button" class="sm show-details" onClick={showDetails}>
          {DESK.details}
          {open.requests.length > 0 ? ` (${open.requests.length})` : ""}
        </button>
      </div>
      <Why open={open} work={work} />
      <div class="desk-log" ref={log} role="log" aria-live="polite" aria-label={DESK.log} tabIndex={0}>
        <ol>
          {entries.map((entry) =>
            "note" in entry ? (
              <NoteItem key={`note-${entry.note.id}`} note={entry.note} zone={zone} />
            ) : (
              <DeskMessage key={entry.message.id} message={entry.message} zone={zone} />
            ),
          )}
        </ol>
      </div>
      {open.patient_left ? <Left open={open} /> : null}
      <Writing open={open} work={work} />
    </section>
  );
}

function Steps({ open, work }: { open: DeskConversation; work: Work }) {
  const can = allowed(open);
  return (
    <div class="steps">
      {can.claim ? (
        <button type="button" class="sm solid" onClick={() => work.step("claim")}>
          {DESK.claim} <kbd>C</kbd>
        </button>
      ) : null}
      {can.release ? (
        <>
          <button type="button" class="sm solid" onClick={() => work.step("resolve")}>
            {DESK.resolve} <kbd>E</kbd>
          </button>
          <button type="button" class="sm" onClick={() => work.step("return")}>
            {DESK.return_bot} <kbd>B</kbd>
          </button>
          <button type="button" class="sm" onClick={() => work.step("release")}>
            {DESK.release} <kbd>U</kbd>
          </button>
        </>
      ) : null}
    </div>
  );
}

export function allowed(open: DeskConversation): { claim: boolean; release: boolean; reply: boolean } {
  return { claim: !open.owner && open.status !== "resolved", release: open.mine, reply: open.mine };
}

/** The reason stands in its own line and what was collected in the panel beside; here only who the person is. */
const isWhy = (row: { key: string }) => row.key === "identity";

function Why({ open, work }: { open: DeskConversation; work: Work }) {
  const handoff = open.handoff;
  if (!handoff && open.summary.length === 0) return null;
  const alert = handoff?.alert;
  return (
    <div class={handoff?.urgent ? "why urgent" : "why"}>
      <h3>
        <Icon name={handoff?.urgent ? "alert" : "person"} size={18} />
        {DESK.why}
      </h3>
      {handoff ? <p>{handoff.reason_line}</p> : null}
      <dl class="inline">
        {open.summary.filter(isWhy).map((row, at) => (
          <div key={at}>
            <dt>{row.label}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
      {alert ? (
        <p class="alert-line">
          <strong>{DESK.alert}</strong>
          <button type="button" class="sm danger" onClick={() => work.acknowledge(alert)}>
            {DESK.acknowledge}
          </button>
        </p>
      ) : null}
    </div>
  );
}

function Left({ open }: { open: DeskConversation }) {
  const reach = open.handoff?.reach ?? (open.callback ? "callback" : null);
  const words =
    reach === "callback"
      ? open.callback
        ? fill(DESK.reach_callback, { callback: open.callback })
        : DESK.reach_callback_plain
      : reach
        ? DESK[`reach_${reach}` as DeskWord] ?? DESK.reach_none
        : DESK.reach_none;
  return (
    <p class="left" role="status">
      <Icon name="left" size={18} />
      <span>
        <strong>{DESK.patient_left}.</strong> {words}
      </span>
    </p>
  );
}

const WORDS = { number: DESK.number, sources: DESK.sources, reviewed: (date: string) => date };

/** Staff see what the patient was asked and offered, without live buttons or links. */
function Quiet({ block, id }: { block: Block; id: string }) {
  switch (block.type) {
    case "quick_replies":
      return <p class="mut">{fill(DESK.offered, { labels: block.choices.map((choice) => choice.label).join(" · ") })}</p>;
    case "openings":
      return (
        <p class="mut">
          {fill(DESK.offered, { labels: block.days.map((day) => `${day.label} (${day.times.length})`).join(" · ") })}
        </p>
      );
    case "field":
      return <p class="mut">{fill(DESK.asked, { label: block.label })}</p>;
    case "link":
      return (
        <p class="mut">
          {block.label}: {block.href}
        </p>
      );
    case "emergency":
      return (
        <div class="told" id={id}>
          <strong>{block.title}</strong>
          <p>{block.text}</p>
          <p class="mut">{fill(DESK.offered, { labels: block.links.map((link) => link.label).join(" · ") })}</p>
        </div>
      );
    default:
      return <Said block={block} words={WORDS} id={id} />;
  }
}

function DeskMessage({ message, zone }: { message: Message; zone: string }) {
  return (
    <li class={`line ${message.author}`}>
      <p class="who">
        {message.label} · {clock(message.at, zone)}
      </p>
      <div class="bubble" lang={message.language}>
        {message.blocks.map((block, at) => (
          <Quiet key={at} block={block} id={`d-${message.seq}-${at}`} />
        ))}
      </div>
    </li>
  );
}

function NoteItem({ note, zone }: { note: Note; zone: string }) {
  return (
    <li class="note">
      <p class="who">
        <Icon name="note" size={15} /> <strong>{DESK.note_by}</strong> · {note.by} · {dayAndClock(note.at, zone)}
      </p>
      <p class="para">{note.text}</p>
    </li>
  );
}

/** GSM-7 fits 160 characters, anything else 70; long texts lose a few to their headers. */
export function segments(text: string): number {
  // eslint-disable-next-line no-control-regex
  const plain = /^[\x20-\x7E\n\r£¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà¡]*$/.test(text) && !/[`]/.test(text);
  const length = text.length;
  const [one, many] = plain ? [160, 153] : [70, 67];
  return length === 0 ? 0 : length <= one ? 1 : Math.ceil(length / many);
}

function Writing({ open, work }: { open: DeskConversation; work: Work }) {
  const desk = work.desk.value;
  const tab = desk.tab;
  const text = draftOf(desk, open.id)[tab];
  const note = tab === "note";
  const locked = !note && !open.mine;
  const pick = (next: Tab): void => {
    work.dispatch({ type: "tab.chosen", tab: next });
  };
  const send = (): void => {
    if (!desk.busy && !locked) work.write(tab);
  };
  return (
    <div class={note ? "writing noting" : "writing"}>
      <div class="tabs" role="tablist" aria-label={DESK.log}>
        {(["reply", "note"] as Tab[]).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            class={`sm tab-${each}`}
            aria-selected={tab === each}
            aria-controls="writing-panel"
            tabIndex={tab === each ? 0 : -1}
            onClick={() => pick(each)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
              const other = each === "reply" ? "note" : "reply";
              pick(other);
              document.getElementById(`tab-${other}`)?.focus();
            }}
          >
            {DESK[each]} <kbd>{each === "reply" ? "R" : "N"}</kbd>
          </button>
        ))}
      </div>
      <div role="tabpanel" id="writing-panel" aria-labelledby={`tab-${tab}`}>
        {desk.problem ? (
          <p class="problem" role="alert">
            {desk.problem}
          </p>
        ) : null}
        <label class="sr" for="writing">
          {note ? DESK.note_label : DESK.reply_label}
        </label>
        <textarea
          id="writing"
          rows={2}
          maxLength={4000}
          readOnly={locked}
          aria-describedby="writing-hint"
          placeholder={locked ? DESK.claim_first : note ? DESK.note_label : ""}
          value={text}
          onInput={(event) =>
            work.dispatch({ type: "draft.typed", conversation: open.id, tab, text: event.currentTarget.value })
          }
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) send();
          }}
        />
        <div class="send">
          <p class="mut" id="writing-hint">
            {note ? (
              <strong>{DESK.staff_only}</strong>
            ) : open.channel === "sms" && text ? (
              fill(DESK.sms_count, { characters: text.length, segments: segments(text) })
            ) : (
              fill(DESK.seen_as, { name: desk.me?.name.split(" ")[0] ?? "" })
            )}
          </p>
          <button type="button" class={note ? "sm note-button" : "sm solid"} aria-disabled={locked || desk.busy} onClick={send}>
            {note ? DESK.save_note : DESK.send}
          </button>
        </div>
      </div>
    </div>
  );
}
