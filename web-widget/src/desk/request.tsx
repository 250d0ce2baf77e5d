/** One request: what to copy into the practice's system, and what staff may do with it now. */
import { useState } from "preact/hooks";
import { Icon } from "../parts/icons";
import { DESK, type DeskWord } from "../strings/desk.en";
import { fill } from "../strings/fill";
import type { DetailRow, RequestCard } from "../wire";
import { StandingTag } from "./list";
import type { Work } from "./work";

export function Details({ rows }: { rows: DetailRow[] }) {
  return (
    <dl class="details">
      {rows.map((row, at) => (
        <div key={`${row.key}-${at}`}>
          <dt>{row.label}</dt>
          <dd>
            <span>{row.value}</span>
            {row.copyable && row.value ? <Copy row={row} /> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Copy({ row }: { row: DetailRow }) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard?.writeText(row.value).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), 1_500);
      },
      () => undefined,
    );
  };
  return (
    <button type="button" class="copy" aria-label={fill(DESK.copy_row, { label: row.label })} title={DESK.copy} onClick={copy}>
      <Icon name={copied ? "check" : "copy"} size={16} />
      <span class="sr" role="status">
        {copied ? DESK.copied : ""}
      </span>
    </button>
  );
}

interface Props {
  request: RequestCard;
  clinicians: DetailRow[];
  work: Work;
}

export function Request({ request, clinicians, work }: Props) {
  const [entering, setEntering] = useState(false);
  const busy = work.desk.value.busy;
  const label: Record<string, string> = {
    entered: DESK.entered,
    accept: DESK.accept,
    decline: DESK.decline,
    done: DESK.done,
    acknowledge: DESK.acknowledge,
  };
  return (
    <section class="panel request" aria-labelledby={`request-${request.id}`}>
      <h3 id={`request-${request.id}`}>
        {DESK[`kind_${request.kind}` as DeskWord]} <StandingTag request={request} />
      </h3>
      {request.confirmed_by_patient ? <p class="tag ok">✓ {DESK.confirmed_by_patient}</p> : null}
      <Details rows={request.rows} />
      {entering && request.actions.includes("entered") ? (
        <Entered {...{ request, clinicians, work }} cancel={() => setEntering(false)} />
      ) : (
        <div class="actions">
          {request.actions.map((action) => (
            <button
              key={action}
              type="button"
              class={action === "decline" ? "sm" : "sm solid"}
              aria-disabled={busy}
              onClick={() => {
                if (busy) return;
                if (action === "entered") setEntering(true);
                else work.act(request.id, action);
              }}
            >
              {label[action] ?? action}
            </button>
          ))}
        </div>
      )}
      {request.history.length > 0 ? (
        <details>
          <summary>{DESK.history}</summary>
          <Details rows={request.history.map((row) => ({ ...row, copyable: false }))} />
        </details>
      ) : null}
    </section>
  );
}

/** In request mode this form alone makes a confirmed appointment: date, time and clinician are all needed. */
function Entered({ request, clinicians, work, cancel }: Props & { cancel: () => void }) {
  const [date, setDate] = useState("");
  const [time, setTime] = useState("");
  const [clinician, setClinician] = useState("");
  const [missing, setMissing] = useState(false);
  return (
    <form
      class="entered"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!date || !time || !clinician) return setMissing(true);
        setMissing(false);
        if (!work.desk.value.busy) work.act(request.id, "entered", { start: `${date}T${time}`, clinician });
      }}
    >
      <p>{DESK.entered_text}</p>
      {missing ? (
        <p class="problem" role="alert">
          {DESK.entered_missing}
        </p>
      ) : null}
      <div class="two">
        <label>
          {DESK.date}
          <input type="date" required value={date} aria-invalid={missing && !date} onInput={(event) => setDate(event.currentTarget.value)} />
        </label>
        <label>
          {DESK.time}
          <input
            type="time"
            step={300}
            required
            value={time}
            aria-invalid={missing && !time}
            onInput={(event) => setTime(event.currentTarget.value)}
          />
        </label>
      </div>
      <label>
        {DESK.clinician}
        <select required value={clinician} aria-invalid={missing && !clinician} onChange={(event) => setClinician(event.currentTarget.value)}>
          <option value="">{DESK.pick}</option>
          {clinicians.map((row) => (
            <option key={row.key} value={row.key}>
              {row.value}
            </option>
          ))}
        </select>
      </label>
      <div class="actions">
        <button type="submit" class="sm solid">
          {DESK.entered}
        </button>
        <button type="button" class="sm" onClick={cancel}>
          {DESK.cancel}
        </button>
      </div>
    </form>
  );
}
