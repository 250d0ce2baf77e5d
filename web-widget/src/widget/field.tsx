/** One question of a form: legend, hint, box, and errors that name what to do. */
import { useEffect, useRef, useState } from "preact/hooks";
import { fill } from "../strings/fill";
import type { Words } from "../strings/widget.en";
import type { Field } from "../wire";
import { type BirthPart, type BirthParts, type BirthProblem, readBirth } from "./birth";
import type { Said } from "./conversation";

interface Props {
  block: Field;
  id: string;
  words: Words;
  say: (said: Said) => void;
}

const INPUT: Record<string, { type: string; autocomplete: string; inputmode: string }> = {
  name: { type: "text", autocomplete: "name", inputmode: "text" },
  phone: { type: "tel", autocomplete: "tel-national", inputmode: "tel" },
  email: { type: "email", autocomplete: "email", inputmode: "email" },
  code: { type: "text", autocomplete: "one-time-code", inputmode: "numeric" },
  text: { type: "text", autocomplete: "off", inputmode: "text" },
};

export function FieldForm({ block, id, words, say }: Props) {
  const [problem, setProblem] = useState<{ text: string; part: BirthPart | null } | null>(
    block.error ? { text: block.error, part: null } : null,
  );
  const [text, setText] = useState("");
  const [birth, setBirth] = useState<BirthParts>({ month: "", day: "", year: "" });
  const summary = useRef<HTMLDivElement>(null);
  const [tries, setTries] = useState(0);
  const dated = block.kind === "date_of_birth";

  // Only after the patient's own press: a message that arrives never takes the focus from here.
  useEffect(() => {
    if (tries > 0) summary.current?.focus();
  }, [tries]);

  const wrong = (found: string, part: BirthPart | null = null): void => {
    setProblem({ text: found, part });
    setTries(tries + 1);
  };

  const send = (event: Event): void => {
    event.preventDefault();
    if (dated) {
      const read = readBirth(birth, new Date());
      if ("problem" in read) return wrong(birthWords(read.problem, words), read.problem.part);
      return say({ text: read.iso, slot: block.slot });
    }
    if (!text.trim()) return wrong(words.empty_field);
    if (block.kind === "code" && !/[\p{L}\p{N}]/u.test(text)) return wrong(words.bad_code);
    say({ text, slot: block.slot });
  };

  const errorId = `${id}-error`;
  const hintId = `${id}-hint`;
  const firstBox = dated ? `${id}-${problem?.part ?? "month"}` : `${id}-box`;
  const hint = block.hint || (dated ? words.dob_hint : "");
  const described = [hint ? hintId : "", problem ? errorId : ""].filter(Boolean).join(" ") || undefined;

  return (
    <form class="card field" onSubmit={send} noValidate>
      {block.steps > 1 || block.can_go_back ? (
        <p class="step">
          <span>{block.steps > 1 ? fill(words.step, { step: block.step, steps: block.steps }) : ""}</span>
          {block.can_go_back ? (
            <button type="button" class="ghost" onClick={() => say({ text: words.back, choice: "back" })}>
              {words.back}
            </button>
          ) : null}
        </p>
      ) : null}
      {problem ? (
        <div class="error-summary" ref={summary} tabIndex={-1} role="group" aria-labelledby={`${id}-problem`}>
          <p id={`${id}-problem`}>{words.problem}</p>
          <a
            href={`#${firstBox}`}
            onClick={(event) => {
              event.preventDefault();
              document.getElementById(firstBox)?.focus();
            }}
          >
            {problem.text}
          </a>
        </div>
      ) : null}
      {dated ? (
        <fieldset aria-describedby={described}>
          <legend>{block.label}</legend>
          <p class="hint" id={hintId}>
            {hint}
          </p>
          {problem ? (
            <p class="field-error" id={errorId}>
              {problem.text}
            </p>
          ) : null}
          <div class="birth">
            {(["month", "day", "year"] as const).map((part, at) => (
              <label key={part} class={part}>
                {part === "month" ? words.month : part === "day" ? words.day_of_month : words.year}
                <input
                  id={`${id}-${part}`}
                  data-first={at === 0 ? "" : undefined}
                  type="text"
                  inputMode={part === "month" ? "text" : "numeric"}
                  autocomplete={`bday-${part}`}
                  maxLength={part === "month" ? 12 : part === "day" ? 2 : 4}
                  value={birth[part]}
                  aria-invalid={problem !== null && (problem.part === part || problem.part === null)}
                  onInput={(event) => setBirth({ ...birth, [part]: event.currentTarget.value })}
                />
              </label>
            ))}
          </div>
        </fieldset>
      ) : (
        <Box {...{ block, id, hint, hintId, errorId, described, text, setText }} error={problem?.text ?? ""} />
      )}
      <button type="submit" class="solid wide">
        {words.continue}
      </button>
      {block.can_skip ? (
        <button type="button" class="ghost wide" onClick={() => say({ text: words.skip, choice: "skip" })}>
          {words.skip}
        </button>
      ) : null}
      <p class="hint private">{words.private_field}</p>
    </form>
  );
}

interface BoxProps {
  block: Field;
  id: string;
  hint: string;
  hintId: string;
  errorId: string;
  described: string | undefined;
  error: string;
  text: string;
  setText: (text: string) => void;
}

function Box({ block, id, hint, hintId, errorId, described, error, text, setText }: BoxProps) {
  const kind = INPUT[block.kind] ?? INPUT["text"];
  const shared = {
    id: `${id}-box`,
    "data-first": "",
    value: text,
    "aria-describedby": described,
    "aria-invalid": Boolean(error),
  };
  // Preact's types ask for a literal `type` with each input; here it comes from the table.
  const asInput: object = {
    ...shared,
    type: kind?.type ?? "text",
    inputMode: kind?.inputmode,
    autocomplete: kind?.autocomplete,
    autocapitalize: block.kind === "name" ? "words" : "off",
    spellcheck: false,
    maxLength: 200,
    onInput: (event: InputEvent) => setText((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class="box">
      <label for={`${id}-box`}>{block.label}</label>
      {hint ? (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p class="field-error" id={errorId}>
          {error}
        </p>
      ) : null}
      {block.kind === "long_text" ? (
        <textarea {...shared} rows={3} maxLength={2000} onInput={(event) => setText(event.currentTarget.value)} />
      ) : (
<input {...asInput} />
      )}
    </div>
  );
}

export function birthWords(problem: BirthProblem, words: Words): string {
  if (problem.kind !== "missing") return words[`dob_${problem.kind}`];
  return fill(words.dob_missing, { part: words[`part_${problem.part}`] });
}
