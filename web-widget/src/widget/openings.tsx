/** The list of real openings: days as chips, times in morning and afternoon, all as radio buttons. */
import { useState } from "preact/hooks";
import { Icon } from "../parts/icons";
import { fill } from "../strings/fill";
import type { Words } from "../strings/widget.en";
import type { Openings, OpeningTime } from "../wire";
import type { Said } from "./conversation";

interface Props {
  block: Openings;
  id: string;
  words: Words;
  say: (said: Said) => void;
}

export function OpeningPicker({ block, id, words, say }: Props) {
  const [day, setDay] = useState(0);
  const [picked, setPicked] = useState<OpeningTime | null>(null);
  const [missing, setMissing] = useState(false);
  const chosen = block.days[day];
  const send = (event: Event): void => {
    event.preventDefault();
    if (picked) say({ text: picked.full, choice: picked.id });
    else setMissing(true);
  };
  return (
    <form class="card openings" onSubmit={send} noValidate>
      <h3>{words.choose_time}</h3>
      {block.timezone ? <p class="hint">{block.timezone}</p> : null}
      <fieldset class="days">
        <legend class="sr">{words.day}</legend>
        {block.days.map((each, at) => (
          <label key={at} class="pick">
            <input
              type="radio"
              name={`${id}-day`}
              checked={at === day}
              data-first={at === 0 ? "" : undefined}
              onChange={() => {
                setDay(at);
                setPicked(null);
              }}
            />
            <span>
              {each.label}
              <small>{each.times.length === 1 ? words.one_time : fill(words.times, { count: each.times.length })}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {(["morning", "afternoon"] as const).map((part) => {
        const times = chosen?.times.filter((time) => (time.part === "afternoon") === (part === "afternoon")) ?? [];
        return times.length === 0 ? null : (
          <fieldset key={`${day}-${part}`} class="times">
            <legend>
              {words[part]}
              <span class="sr">, {chosen?.label}</span>
            </legend>
            {times.map((time) => (
              <label key={time.id} class="pick">
                <input
                  type="radio"
                  name={`${id}-time`}
                  checked={picked?.id === time.id}
                  aria-label={time.full}
                  onChange={() => {
                    setPicked(time);
                    setMissing(false);
                  }}
                />
                <span>
                  {picked?.id === time.id ? <Icon name="check" size={18} /> : null}
                  {time.label}
                </span>
              </label>
            ))}
          </fieldset>
        );
      })}
      {missing ? (
        <p class="field-error" role="alert">
          {words.pick_first}
        </p>
      ) : null}
      <button type="submit" class="solid wide">
        {picked && chosen ? fill(words.continue_with, { time: `${chosen.label}, ${picked.label}` }) : words.continue}
      </button>
      <div class="quiet-row">
        {block.other.map((choice) => (
          <button key={choice.id} type="button" class="ghost" onClick={() => say({ text: choice.label, choice: choice.id })}>
            {choice.label}
          </button>
        ))}
      </div>
    </form>
  );
}
