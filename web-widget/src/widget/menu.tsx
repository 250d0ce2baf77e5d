/** The menu: text size, coming back with a code, privacy, own page, and ending the chat. */
import { useEffect, useRef, useState } from "preact/hooks";
import { safeHref } from "../parts/href";
import { Icon } from "../parts/icons";
import { fill } from "../strings/fill";
import type { Words } from "../strings/widget.en";
import type { Chat } from "./reduce";

interface Props {
  chat: Chat;
  words: Words;
  size: number;
  framed: boolean;
  setSize: (size: number) => void;
  resume: (code: string) => Promise<boolean>;
  end: () => void;
  close: () => void;
}

export function Menu({ chat, words, size, framed, setSize, resume, end, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [code, setCode] = useState("");
  const [sure, setSure] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const practice = chat.practice;
  return (
    <dialog ref={dialog} class="menu" aria-labelledby="menu-title" onClose={close}>
      <div class="menu-head">
        <h2 id="menu-title">{words.menu}</h2>
        <button type="button" class="square" aria-label={words.close_menu} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <fieldset class="sizes">
        <legend>{words.appearance}</legend>
        {[1, 2, 3].map((each) => (
          <label key={each} class="pick">
            <input type="radio" name="size" checked={size === each} onChange={() => setSize(each)} />
            <span>{words[`size_${each}` as "size_1"]}</span>
          </label>
        ))}
      </fieldset>
      {practice ? (
        <details>
          <summary>{words.have_code}</summary>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void resume(code).then((opened) => opened && dialog.current?.close());
            }}
          >
            <label for="resume-code">{words.code_label}</label>
            <input
              id="resume-code"
              type="text"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxLength={16}
              value={code}
              aria-invalid={chat.problem === "code"}
              aria-describedby={chat.problem === "code" ? "code-problem" : undefined}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
            {chat.problem === "code" ? (
              <p class="field-error" id="code-problem" role="alert">
                {fill(words.code_wrong, { phone: practice.phone })}
              </p>
            ) : null}
            <button type="submit" class="solid">
              {words.code_open}
            </button>
          </form>
        </details>
      ) : null}
      <details>
        <summary>{words.privacy}</summary>
        <p>{fill(words.privacy_text, { practice: practice?.name ?? "", minutes: chat.session?.idleMinutes ?? 20 })}</p>
        <Notices notices={practice?.notices ?? {}} words={words} />
        <p>{words.intro_911}</p>
      </details>
      {framed && practice ? (
        <a class="btn wide" href={`/chat/${encodeURIComponent(practice.id)}`} target="_blank" rel="noopener">
          {words.new_page}
        </a>
      ) : null}
      {chat.session ? (
        sure ? (
          <div class="sure" role="group" aria-label={words.end_ask}>
            <p>{words.end_ask}</p>
            <button type="button" class="danger" onClick={end}>
              {words.end_yes}
            </button>
            <button type="button" onClick={() => setSure(false)}>
              {words.end_no}
            </button>
          </div>
        ) : (
          <button type="button" class="wide" onClick={() => setSure(true)}>
            {words.end}
          </button>
        )
      ) : null}
    </dialog>
  );
}

const TITLES: Record<string, keyof Words> = {
  privacy: "notice_privacy",
  nondiscrimination: "notice_nondiscrimination",
  language_help: "notice_language_help",
};

/** The practice's own notices: addresses as links with a known title, anything else as plain words. */
function Notices({ notices, words }: { notices: Record<string, string>; words: Words }) {
  return (
    <>
      {Object.entries(notices).map(([kind, value]) => {
        const href = safeHref(value);
        const title = TITLES[kind];
        return (
          <p key={kind}>
            {href ? (
              <a href={href} target="_blank" rel="noopener noreferrer">
                {title ? words[title] : value}
              </a>
            ) : (
              value
            )}
          </p>
        );
      })}
    </>
  );
}
