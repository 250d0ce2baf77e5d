/** The chat as a page: header, conversation, composer, help line. Draws the state and passes wishes on. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../parts/icons";
import { fill } from "../strings/fill";
import { en, type Words } from "../strings/widget.en";
import { es } from "../strings/widget.es";
import { Composer } from "./composer";
import type { Conversation } from "./conversation";
import { Menu } from "./menu";
import { type Acts, MessageItem, PendingItem } from "./message";
import { type Chat, liveMessage } from "./reduce";
import { keepInView, useArrivalFocus } from "./focus";

export const WORDS = { en, es } as const;
export const LOCALES = { en: "en-US", es: "es-US" } as const;

export interface Frame {
  framed: boolean;
  link: boolean;
  close: () => void;
}

export function App({ conversation, frame }: { conversation: Conversation; frame: Frame }) {
  const chat = conversation.chat.value;
  const words: Words = WORDS[chat.language];
  const locale = LOCALES[chat.language];
  const [menu, setMenu] = useState(false);
  const [size, setSize] = useState(1);
  const log = useRef<HTMLDivElement>(null);
  const acted = useArrivalFocus(chat, log);

  useEffect(() => {
    document.documentElement.lang = chat.language;
    document.documentElement.dataset["size"] = String(size);
    document.title = chat.practice?.name ?? words.link_title;
  }, [chat.language, size, chat.practice]);

  useEffect(() => keepInView(log.current), [chat.messages.length, chat.outbox.length, chat.awaiting, chat.phase, chat.other?.who]);

  const acts: Acts = {
    say: (said) => {
      acted();
      conversation.say(said);
    },
    retry: () => conversation.retry(),
    calendar: (request) => conversation.calendar(request),
  };
  const live = liveMessage(chat);
  const writable = chat.phase === "ready" && chat.practice !== null && chat.session?.scope !== "form";

  return (
    <div class={frame.framed ? "app framed" : "app"}>
      <header>
        <Bar {...{ chat, words, frame }} openMenu={() => setMenu(true)} conversation={conversation} />
        <Assurance chat={chat} words={words} />
        {chat.practice?.sample ? <p class="sample">{words.sample}</p> : null}
      </header>
      <main>
        <div class="log" ref={log} role="log" aria-live="off" aria-label={words.log} tabIndex={0}>
          <div class="inner">
            <Opening {...{ chat, words, acts, acted, conversation, frame }} />
            <ol>
              {chat.messages.map((message) => (
                <MessageItem
                  key={message.id}
                  message={message}
                  live={message.id === live && chat.phase === "ready"}
                  alarm={message.id === chat.alarm}
                  {...{ words, locale, acts }}
                />
              ))}
              {chat.outbox.map((pending) => (
                <PendingItem key={pending.key} {...{ pending, words, acts }} />
              ))}
            </ol>
            {chat.awaiting || chat.other?.typing ? <Dots words={words} chat={chat} /> : null}
          </div>
        </div>
        <Status chat={chat} words={words} stay={() => conversation.touch()} />
        {writable ? <Composer {...{ chat, words }} say={acts.say} touch={() => conversation.touch()} /> : null}
      </main>
      {chat.practice ? (
        <footer class="help">
          <a href={chat.practice.phone_href}>
            <Icon name="phone" size={18} />
            {fill(words.prefer_phone, { phone: chat.practice.phone })}
          </a>
          <a href={`tel:${chat.practice.relay.replace(/\D/g, "") || "711"}`}>
            {fill(words.relay, { relay: chat.practice.relay || "711" })}
          </a>
        </footer>
      ) : null}
      <div class="sr" aria-live="polite" aria-relevant="additions">
        {chat.announcements.slice(-6).map((one) => (
          <p key={one.key} lang={one.language}>
            {fill(words.said, { who: one.who || words.you })}: {one.text}
          </p>
        ))}
      </div>
      {menu ? (
        <Menu
          {...{ chat, words, size, setSize }}
          framed={frame.framed}
          resume={(code) => conversation.resume(code)}
          end={() => {
            setMenu(false);
            void conversation.end();
          }}
          close={() => setMenu(false)}
        />
      ) : null}
    </div>
  );
}

interface BarProps {
  chat: Chat;
  words: Words;
  frame: Frame;
  conversation: Conversation;
  openMenu: () => void;
}

function Bar({ chat, words, frame, conversation, openMenu }: BarProps) {
  const other = chat.language === "en" ? "es" : "en";
  const offered = chat.practice?.languages.includes(other) ?? true;
  const person = chat.other?.who === "staff" ? fill(words.staff_as, { name: chat.other.staff ?? words.staff }) : null;
  return (
    <div class="bar">
      <div class="names">
        <h1 tabIndex={-1} id="title">
          {chat.practice?.name ?? words.link_title}
        </h1>
        <p>{person ?? words.assistant}</p>
      </div>
      {offered ? (
        <button type="button" lang={other} onClick={() => conversation.chooseLanguage(other)}>
          {words.other_language}
        </button>
      ) : null}
      <button type="button" class="square" aria-label={words.menu} aria-haspopup="dialog" onClick={openMenu}>
        <Icon name="menu" />
      </button>
      {frame.framed ? (
        <button type="button" class="square" aria-label={words.close} onClick={frame.close}>
          <Icon name="close" />
        </button>
      ) : null}
    </div>
  );
}

/** Always on screen: computer or person, and 911. A crisis adds 988. */
function Assurance({ chat, words }: { chat: Chat; words: Words }) {
  const pinned = chat.other?.pinned ?? null;
  return (
    <div class={pinned ? "assure pinned" : "assure"}>
      <p>{chat.other?.who === "staff" ? words.with_person : words.not_clinician}</p>
      {pinned === "crisis" ? <a href="tel:988">{words.crisis_988}</a> : null}
      <a href="tel:911">{words.call_911}</a>
    </div>
  );
}

interface OpeningProps {
  chat: Chat;
  words: Words;
  acts: Acts;
  acted: () => void;
  conversation: Conversation;
  frame: Frame;
}

/** What stands at the top: the greeting with its disclosure, or why there is no chat. */
function Opening({ chat, words, acts, acted, conversation, frame }: OpeningProps) {
  const practice = chat.practice;
  if (chat.phase === "loading") return <p class="notice">{words.loading}</p>;
  if (chat.phase === "unknown")
    return (
      <Stop title={words.unknown} text={words.unknown_text}>
        <button type="button" class="solid" onClick={() => void conversation.loadPractice()}>
          {words.reload}
        </button>
      </Stop>
    );
  if (chat.phase === "ended" || chat.phase === "idle") {
    const idle = chat.phase === "idle";
    return (
      <Stop title={idle ? words.idle_ended : words.ended} text={idle ? words.idle_ended_text : words.ended_text}>
        {frame.link ? null : (
          <button type="button" class="solid" onClick={() => conversation.restart()}>
            {words.start_new}
          </button>
        )}
      </Stop>
    );
  }
  if (chat.phase === "link") return <LinkGate {...{ chat, words, conversation, acted }} />;
  if (chat.session?.scope === "form") return <h2 class="sr">{words.link_title}</h2>;
  if (!practice) return null;
  const starters = [words.start_book, words.start_change, words.start_refill, words.start_hours, words.start_person];
  const hours = practice.hours_line[chat.language];
  return (
    <section class="opening" aria-label={practice.name}>
      <h2>{words.greeting}</h2>
      <p>{fill(words.intro, { practice: practice.name })}</p>
      <p>
        <strong>{words.intro_911}</strong> {fill(words.intro_person, { phone: practice.phone })}
      </p>
      {hours ? (
        <p class={practice.open_now ? "hours open" : "hours"}>
          <Icon name="clock" size={18} />
          <span>{hours}</span>
        </p>
      ) : null}
      {chat.messages.length === 0 && chat.outbox.length === 0 ? (
        <div class="choices" role="group" aria-label={words.starters}>
          {starters.map((text) => (
            <button key={text} type="button" onClick={() => acts.say({ text })}>
              {text}
            </button>
          ))}
        </div>
      ) : null}
    </section>
  );
}

function LinkGate({ chat, words, conversation, acted }: Omit<OpeningProps, "acts" | "frame">) {
  const token = location.hash.slice(1);
  const [busy, setBusy] = useState(false);
  if (!token) return <Stop title={words.link_missing} text={words.intro_911} />;
  return (
    <section class="opening">
      <h2>{words.link_greeting}</h2>
      <p>{words.link_text}</p>
      {chat.problem === "link" ? (
        <p class="field-error" role="alert">
          {words.link_bad}
        </p>
      ) : null}
      <button
        type="button"
        class="solid wide"
        aria-disabled={busy}
        onClick={() => {
          if (busy) return;
          setBusy(true);
          acted();
          void conversation.openLink(token).finally(() => setBusy(false));
        }}
      >
        <Icon name="lock" />
        {words.link_open}
      </button>
      <p class="hint">{words.intro_911}</p>
    </section>
  );
}

function Stop({ title, text, children }: { title: string; text: string; children?: unknown }) {
  return (
    <section class="opening" role="status">
      <h2>{title}</h2>
      <p>{text}</p>
      {children as never}
    </section>
  );
}

function Dots({ words, chat }: { words: Words; chat: Chat }) {
  const who = chat.other?.who === "staff" ? chat.other.staff ?? words.staff : words.assistant;
  return (
    <p class="dots">
      <span class="sr">{fill(words.typing, { who })}</span>
      <i />
      <i />
      <i />
    </p>
  );
}

/** One quiet strip above the composer: the line, the wait, the clock. */
function Status({ chat, words, stay }: { chat: Chat; words: Words; stay: () => void }) {
  const phone = chat.practice?.phone ?? "";
  const waiting = chat.other?.who === "waiting";
  return (
    <div class="strips" role="status">
      {chat.line === "down" && chat.session ? <p class="strip">{words.reconnecting}</p> : null}
      {chat.line === "lost" && chat.session ? <p class="strip warn">{fill(words.offline, { phone })}</p> : null}
      {chat.problem === "send" ? <p class="strip warn">{words.error_send}</p> : null}
      {chat.problem === "busy" ? <p class="strip warn">{words.busy}</p> : null}
      {waiting ? (
        <p class="strip">
          <Icon name="clock" size={18} />
          <span>
            {chat.other?.waiting_line ?? words.waiting}
            {chat.other?.resume_code ? (
              <small>
                {words.your_code} <b>{chat.other.resume_code}</b>
              </small>
            ) : null}
          </span>
        </p>
      ) : null}
      {chat.warned ? (
        <p class="strip warn">
          <span>{words.still_there}</span>
          <button type="button" onClick={stay}>
            {words.here}
          </button>
        </p>
      ) : null}
    </div>
  );
}
