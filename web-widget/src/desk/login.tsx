/** The sign-in page. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../parts/icons";
import { DESK } from "../strings/desk.en";
import type { Work } from "./work";

export function LoginPage({ work }: { work: Work }) {
  const desk = work.desk.value;
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const problem = useRef<HTMLParagraphElement>(null);
  useEffect(() => problem.current?.focus(), [desk.loginProblem, desk.busy]);
  return (
    <main class="login">
      <form
        class="panel"
        onSubmit={(event) => {
          event.preventDefault();
          void work.login({ email: email.trim(), password, totp: totp.trim() || null }).then(() => setPassword(""));
        }}
      >
        <Icon name="lock" size={28} />
        <h1>{DESK.title}</h1>
        <p class="mut">{desk.signedOut ? DESK.signed_out : DESK.sign_in_text}</p>
        {desk.loginProblem ? (
          <p class="problem" role="alert" tabIndex={-1} ref={problem}>
            {DESK[desk.loginProblem]}
          </p>
        ) : null}
        <label>
          {DESK.email}
          <input
            type="email"
            autocomplete="username"
            required
            value={email}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </label>
        <label>
          {DESK.password}
          <input
            type="password"
            autocomplete="current-password"
            required
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <label>
          {DESK.totp}
          <input
            type="text"
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={12}
            value={totp}
            onInput={(event) => setTotp(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="solid wide" aria-disabled={desk.busy}>
          {DESK.sign_in}
        </button>
      </form>
    </main>
  );
}
