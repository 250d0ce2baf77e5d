/** One message of the conversation, with the parts that can be answered while it is the last one that asks. */
import { useRef, useState } from "preact/hooks";
import { type BlockWords, EmergencyCard, ReceiptCard, Rows, Said as SaidBlock } from "../parts/blocks";
import { Icon } from "../parts/icons";
import { fill } from "../strings/fill";
import type { Words } from "../strings/widget.en";
import type { Block, Choice, Message, Receipt } from "../wire";
import type { Said } from "./conversation";
import { FieldForm } from "./field";
import { OpeningPicker } from "./openings";
import type { Pending } from "./reduce";

export interface Acts {
  say: (said: Said) => void;
  retry: () => void;
  calendar: (request: string) => Promise<boolean>;
}

interface Props {
  message: Message;
  live: boolean;
  alarm: boolean;
  words: Words;
  locale: string;
  acts: Acts;
}

export const blockWords = (words: Words, locale: string): BlockWords => ({
  number: words.number,
  sources: words.sources,
  reviewed: (date) => fill(words.reviewed, { date: day(date, locale) }),
});

function day(iso: string, locale: string): string {
  const date = new Date(`${iso}T12:00:00Z`);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleDateString(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** Cards stand free; words share one bubble. */
const FREE: ReadonlySet<string> = new Set([
  "quick_replies",
  "openings",
  "field",
  "summary",
  "receipt",
  "emergency",
  "notice",
  "sources",
]);

export function MessageItem({ message, live, alarm, words, locale, acts }: Props) {
  const own = message.author === "patient";
  const who = own ? words.you : message.label;
  const time = new Date(message.at);
  const groups: { free: boolean; blocks: Block[] }[] = [];
  for (const block of message.blocks) {
    const free = FREE.has(block.type);
    const last = groups[groups.length - 1];
    if (last && !free && !last.free) last.blocks.push(block);
    else groups.push({ free, blocks: [block] });
  }
  const notice = message.blocks.length > 0 && message.blocks.every((block) => block.type === "notice");
  return (
    <li class={own ? "item own" : `item ${message.author}`} lang={message.language} id={`m-${message.seq}`}>
      {notice ? null : (
        <p class="who">
          <span class="sr">{fill(words.said, { who })}</span>
          <span aria-hidden="true">{who}</span>
          {Number.isNaN(time.getTime()) ? null : (
            <time dateTime={message.at}> · {time.toLocaleTimeString(locale, { hour: "numeric", minute: "2-digit" })}</time>
          )}
          {own ? ` · ${words.sent}` : null}
        </p>
      )}
      {groups.map((group, at) => {
        const id = `b-${message.seq}-${at}`;
        const [block] = group.blocks;
        if (!block) return null;
        if (group.free) return <Free key={at} {...{ block, id, live, alarm, words, locale, acts }} />;
        return (
          <div key={at} class="bubble">
            {group.blocks.map((each, n) => (
              <SaidBlock key={n} block={each} words={blockWords(words, locale)} id={`${id}-${n}`} />
            ))}
          </div>
        );
      })}
    </li>
  );
}

type FreeProps = Omit<Props, "message"> & { block: Block; id: string };

function Free({ block, id, live, alarm, words, locale, acts }: FreeProps) {
  switch (block.type) {
    case "quick_replies":
      return live ? <Choices choices={block.choices} label={words.choices} say={acts.say} /> : null;
    case "openings":
      return live ? (
        <OpeningPicker {...{ block, id, words }} say={acts.say} />
      ) : (
        <p class="bubble past">{words.choose_time}</p>
      );
    case "field":
      return live ? <FieldForm {...{ block, id, words }} say={acts.say} /> : <p class="bubble past">{block.label}</p>;
    case "summary":
      return (
        <div class="card">
          <h3>{block.title}</h3>
          <Rows rows={block.rows} />
          {live && block.choices.length > 0 ? (
            <Choices choices={block.choices} label={words.choices} say={acts.say} strongFirst />
          ) : null}
        </div>
      );
    case "receipt":
      return (
        <ReceiptCard block={block} words={blockWords(words, locale)}>
          {block.calendar ? <Calendar block={block} words={words} calendar={acts.calendar} /> : null}
        </ReceiptCard>
      );
    case "emergency":
      return <Alarm block={block} id={id} alarm={alarm} />;
    default:
      return <SaidBlock block={block} words={blockWords(words, locale)} id={id} />;
  }
}

/** Whether it arrived as news is settled when it is first drawn: a redraw must not sound the alert again. */
function Alarm({ block, id, alarm }: { block: Extract<Block, { type: "emergency" }>; id: string; alarm: boolean }) {
  const first = useRef(alarm);
  return <EmergencyCard block={block} id={id} alarm={first.current} />;
}

export function Choices(props: { choices: Choice[]; label: string; say: (said: Said) => void; strongFirst?: boolean }) {
  return (
    <div class="choices" role="group" aria-label={props.label}>
      {props.choices.map((choice, at) => (
        <button
          key={choice.id}
          type="button"
          class={props.strongFirst && at === 0 ? "solid" : ""}
          onClick={() => props.say({ text: choice.label, choice: choice.id })}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}

function Calendar({ block, words, calendar }: { block: Receipt; words: Words; calendar: Acts["calendar"] }) {
  const [failed, setFailed] = useState(false);
  return (
    <>
      <button type="button" class="solid" onClick={() => void calendar(block.request).then((worked) => setFailed(!worked))}>
        <Icon name="calendar" />
        {words.add_calendar}
      </button>
      {failed ? (
        <p class="field-error" role="status">
          {words.calendar_failed}
        </p>
      ) : null}
    </>
  );
}

export function PendingItem({ pending, words, acts }: { pending: Pending; words: Words; acts: Acts }) {
  const state = { waiting: words.sending, sending: words.sending, sent: words.sent, not_sent: words.not_sent };
  return (
    <li class={pending.state === "not_sent" ? "item own failed" : "item own"}>
      <p class="who">
        <span class="sr">{fill(words.said, { who: words.you })}</span>
        <span aria-hidden="true">{words.you}</span> · {state[pending.state]}
      </p>
      <div class="bubble">
        <p class="para">{pending.shown}</p>
      </div>
      {pending.state === "not_sent" ? (
        <button type="button" class="ghost retry" onClick={acts.retry}>
          {words.try_again}
        </button>
      ) : null}
    </li>
  );
}
