/** Where the patient types. Enter sends where there is a fine pointer; on touch it makes a new line. */
import { useRef, useState } from "preact/hooks";
import { Icon } from "../parts/icons";
import { fill } from "../strings/fill";
import type { Words } from "../strings/widget.en";
import type { Said } from "./conversation";
import type { Chat } from "./reduce";

interface Props {
  chat: Chat;
  words: Words;
  say: (said: Said) => void;
  touch: () => void;
}

export function Composer({ chat, words, say, touch }: Props) {
  const [draft, setDraft] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const person = chat.other?.who === "staff" ? chat.other.staff : null;
  const label = person ? fill(words.placeholder_staff, { name: person }) : words.placeholder;

  const fit = (): void => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 4, 132)}px`;
  };
  const send = (event: Event): void => {
    event.preventDefault();
    box.current?.focus();
    if (!draft.trim()) return;
    say({ text: draft });
    setDraft("");
    if (box.current) box.current.style.height = "auto";
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (matchMedia("(pointer: fine)").matches) send(event);
  };

  return (
    <form class="composer" onSubmit={send}>
      <label class="sr" for="say">
        {label}
      </label>
      <textarea
        id="say"
        ref={box}
        rows={1}
        maxLength={4000}
        placeholder={label}
        value={draft}
        onInput={(event) => {
          setDraft(event.currentTarget.value);
          touch();
          fit();
        }}
        onKeyDown={key}
      />
      <button type="submit" class="solid">
        <Icon name="send" />
        {words.send}
      </button>
    </form>
  );
}
