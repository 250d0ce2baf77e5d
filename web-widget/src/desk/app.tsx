/** The desk: sections, list, conversation, details. Draws the state and passes wishes on. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../parts/icons";
import { DESK, type DeskWord } from "../strings/desk.en";
import { fill } from "../strings/fill";
import { ConversationPane } from "./conversation";
import { listenToKeys } from "./keys";
import { List } from "./list";
import { LoginPage } from "./login";
import type { Section } from "./reduce";
import { Details, Request } from "./request";
import type { Work } from "./work";

export function App({ work }: { work: Work }) {
  const desk = work.desk.value;
  const [help, setHelp] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const waiting = desk.queue?.handoffs.filter((card) => !card.owner).length ?? 0;

  useEffect(() => listenToKeys(work, () => setHelp(true)), [work]);
  useEffect(() => {
    document.title = waiting > 0 && desk.phase === "ready" ? `(${waiting}) ${DESK.title}` : DESK.title;
  }, [waiting, desk.phase]);
  useEffect(() => setDrawer(desk.section !== "handoffs"), [desk.selected, desk.section]);

  if (desk.phase === "loading") return <main class="login" aria-busy="true" />;
  if (desk.phase === "login") return <LoginPage work={work} />;
  const open = desk.conversation;
  const place = `desk ${open ? "has-open" : ""} ${drawer && open ? "has-drawer" : ""}`;
  return (
    <div class={place}>
      <Top work={work} help={() => setHelp(true)} />
      <div class="columns">
        <Sections work={work} />
        <main>
          <List work={work} />
          <div class="open">
          {open ? (
            <ConversationPane open={open} work={work} showDetails={() => setDrawer(!drawer)} />
          ) : (
            <div class="nothing">
              <Icon name="chat" size={44} />
              <h2>{DESK.choose}</h2>
              <p class="mut">{DESK.choose_text}</p>
            </div>
          )}
          </div>
        </main>
        {open ? (
          <aside aria-label={DESK.details}>
            <button type="button" class="sm close-details" onClick={() => setDrawer(false)}>
              {DESK.close_details}
            </button>
            <h2>{DESK.requests}</h2>
            {open.requests.length === 0 ? <p class="mut">{DESK.no_requests}</p> : null}
            {open.requests.map((request) => (
              <Request key={request.id} request={request} clinicians={open.clinicians} work={work} />
            ))}
            {open.summary.length > 0 ? (
              <section class="panel">
                <h3>{DESK.collected}</h3>
                <Details rows={open.summary} />
              </section>
            ) : null}
          </aside>
        ) : null}
      </div>
      <p class="sr" role="status">
        {waiting > 0 ? fill(DESK.new_handoff, { count: waiting }) : ""}
      </p>
      {help ? <Help work={work} close={() => setHelp(false)} /> : null}
      {desk.idleWarned ? <Idle work={work} /> : null}
    </div>
  );
}

function Top({ work, help }: { work: Work; help: () => void }) {
  const desk = work.desk.value;
  return (
    <header>
      <div class="top">
      <h1>{desk.me?.practice_name}</h1>
      <div class="top-right">
        <span class={desk.line === "up" ? "line-state" : "line-state down"} role="status">
          <i aria-hidden="true" />
          {desk.line === "up" ? DESK.live : DESK.reconnecting}
        </span>
        <button type="button" class="plain" aria-pressed={desk.sound} onClick={() => work.toggleSound()}>
          {desk.sound ? DESK.sound_on : DESK.sound_off}
        </button>
        <button type="button" class="plain wide-only" onClick={help}>
          {DESK.shortcuts} <kbd>?</kbd>
        </button>
        <span class="me">{desk.me?.name}</span>
        <button type="button" class="plain" onClick={() => void work.logout()}>
          {DESK.sign_out}
        </button>
      </div>
      </div>
      {desk.me?.demo ? <p class="sample">{DESK.sample}</p> : null}
    </header>
  );
}

function Sections({ work }: { work: Work }) {
  const desk = work.desk.value;
  const counts = desk.queue?.counts;
  return (
    <nav aria-label={DESK.sections}>
      {(["handoffs", "appointments", "refills"] as Section[]).map((section) => (
        <button
          key={section}
          type="button"
          aria-current={desk.section === section ? "page" : undefined}
          onClick={() => work.choose(section)}
        >
          {DESK[section]}
          <b class={section === "handoffs" && counts?.urgent ? "bad" : ""}>
            {counts?.[section] ?? 0}
            {section === "handoffs" && counts?.urgent ? <span class="sr">, {counts.urgent} {DESK.urgent}</span> : null}
          </b>
        </button>
      ))}
    </nav>
  );
}

const KEYS: [string, DeskWord][] = [
  ["J K", "key_next"],
  ["C", "key_claim"],
  ["U", "key_release"],
  ["R", "key_reply"],
  ["N", "key_note"],
  ["B", "key_bot"],
  ["E", "key_resolve"],
  ["Ctrl Enter", "key_send"],
  ["?", "key_help"],
];

function Help({ work, close }: { work: Work; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="help-title" onClose={close}>
      <h2 id="help-title">{DESK.shortcuts}</h2>
      <dl class="keys">
        {KEYS.map(([keys, word]) => (
          <div key={word}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{DESK[word]}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" checked={work.desk.value.keys} onChange={() => work.dispatch({ type: "keys.toggled" })} />
        {DESK.shortcuts_on}
      </label>
      <button type="button" class="solid" onClick={() => dialog.current?.close()}>
        {DESK.close}
      </button>
    </dialog>
  );
}

function Idle({ work }: { work: Work }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      role="alertdialog"
      aria-labelledby="idle-title"
      aria-describedby="idle-text"
      onClose={() => work.stay()}
    >
      <h2 id="idle-title">{DESK.idle_title}</h2>
      <p id="idle-text">{fill(DESK.idle_text, { seconds: work.idleLeft() })}</p>
      <div class="actions">
        <button type="button" class="solid" onClick={() => work.stay()}>
          {DESK.stay}
        </button>
        <button type="button" onClick={() => void work.logout()}>
          {DESK.sign_out}
        </button>
      </div>
    </dialog>
  );
}
