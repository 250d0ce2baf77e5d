/** A made-up phone: writes texts to the practice through signed webhooks and shows what the service sends back. */
import { signal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "../tokens.css";
import "./simulator.css";

interface Text {
  id: string;
  direction: "in" | "out";
  body: string;
  segments: number;
  encoding: string;
  status: string;
  at: string;
}

/** The made-up patients that the demo seeds; their dates of birth let the identity check be tried. */
const NUMBERS = [
  { number: "+15555550111", name: "Pat Example", born: "February 14, 1984" },
  { number: "+15555550122", name: "Robin Sample", born: "September 3, 1957" },
  { number: "+15555550133", name: "Marta Ejemplo", born: "June 21, 1991" },
];
const EVERY = 1_000;
const SETTLED = new Set(["delivered", "undelivered", "failed", "received"]);

const texts = signal<Text[]>([]);
const number = signal(NUMBERS[0]?.number ?? "");
const down = signal(false);

async function ask(path: string, body?: object): Promise<Response> {
  const answer = await fetch(`/sim/${path}`, {
    cache: "no-store",
    ...(body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}`);
  return answer;
}

async function look(): Promise<void> {
  const whose = number.value;
  try {
    const answer = await ask(`messages?number=${encodeURIComponent(whose)}`);
    const { messages } = (await answer.json()) as { messages: Text[] };
    down.value = false;
    const same = JSON.stringify(messages) === JSON.stringify(texts.value);
    if (whose === number.value && !same) texts.value = messages;
  } catch {
    down.value = true;
  }
}

async function act(path: string, body: object): Promise<void> {
  try {
    await ask(path, body);
    await look();
  } catch {
    down.value = true;
  }
}

/** Addresses in a text are shown as links only when they lead to this service: the secure form page. */
function Body({ text }: { text: string }) {
  return (
    <p>
      {text.split(/(https?:\/\/\S+)/).map((part, at) => {
        const own = part.startsWith(`${location.origin}/`) || /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?\//.test(part);
        return own ? (
          <a key={at} href={part} target="_blank" rel="noopener">
            {part}
          </a>
        ) : (
          part
        );
      })}
    </p>
  );
}

function Phone() {
  const [draft, setDraft] = useState("");
  const end = useRef<HTMLDivElement>(null);
  const count = texts.value.length;
  useEffect(() => end.current?.scrollTo({ top: end.current.scrollHeight }), [count, number.value]);
  const who = NUMBERS.find((each) => each.number === number.value);
  return (
    <section class="phone" aria-labelledby="phone-head">
      <header>
        <h2 id="phone-head">Riverside Family Medicine</h2>
        <p>{who ? `${who.name}, ${who.number}` : ""}</p>
      </header>
      <div class="texts" ref={end} role="log" aria-label="Text messages" tabIndex={0}>
        {count === 0 ? <p class="none">No texts yet. Write one below.</p> : null}
        <ol>
          {texts.value.map((text) => (
            <li key={text.id} class={text.direction === "in" ? "mine" : "theirs"}>
              <Body text={text.body} />
              <small>
                {text.direction === "in" ? "You" : "Practice"} · {text.segments} segment{text.segments === 1 ? "" : "s"},{" "}
                {text.encoding} · <b>{text.status}</b>
              </small>
              {text.direction === "out" && !SETTLED.has(text.status) ? (
                <span class="report">
                  Report as
                  {["delivered", "undelivered"].map((status) => (
                    <button key={status} type="button" onClick={() => void act("deliver", { id: text.id, status })}>
                      {status}
                    </button>
                  ))}
                </span>
              ) : null}
            </li>
          ))}
        </ol>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!draft.trim()) return;
          void act("send", { number: number.value, body: draft });
          setDraft("");
        }}
      >
        <label class="sr" for="text">
          Text message
        </label>
        <input id="text" type="text" autocomplete="off" placeholder="Text message" maxLength={1600} value={draft} onInput={(event) => setDraft(event.currentTarget.value)} />
        <button type="submit" class="solid">
          Send
        </button>
      </form>
    </section>
  );
}

function App() {
  return (
    <>
      <header>
        <p class="sample">Sample practice: made-up people, made-up facts. No real text message is sent.</p>
      </header>
      <main>
        <section class="side">
          <h1>Text message simulator</h1>
          <p>
            Stands in for the phone network. What you send reaches the service as a signed webhook, just as a provider would
            send it; what the service sends appears on the phone.
          </p>
          <fieldset>
            <legend>Whose phone</legend>
            {NUMBERS.map((each) => (
              <label key={each.number} class="pick">
                <input
                  type="radio"
                  name="number"
                  checked={number.value === each.number}
                  onChange={() => {
                    number.value = each.number;
                    texts.value = [];
                    void look();
                  }}
                />
                <span>
                  {each.name}{" "}
                  <small>
                    {each.number}, born {each.born}
                  </small>
                </span>
              </label>
            ))}
          </fieldset>
          <div class="try" role="group" aria-label="Things to send">
            {["are you open on thanksgiving?", "I need an appointment", "necesito una cita", "C", "HELP", "STOP", "START"].map((text) => (
              <button key={text} type="button" onClick={() => void act("send", { number: number.value, body: text })}>
                {text}
              </button>
            ))}
          </div>
          <p role="status">{down.value ? "The simulator does not answer. Is the demo still running?" : ""}</p>
        </section>
        <Phone />
      </main>
    </>
  );
}

const root = document.getElementById("app");
if (root) render(<App />, root);
void look();
setInterval(() => void look(), EVERY);
