/** Starts the desk. */
import { render } from "preact";
import "../tokens.css";
import "./frame.css";
import "./list.css";
import "./conversation.css";
import "./details.css";
import "./narrow.css";
import { App } from "./app";
import { Connection } from "./connection";
import { Work } from "./work";

const work = new Work(new Connection());
// While the warning is up only its own button counts: a stray mouse move must not keep an empty chair signed in.
for (const kind of ["pointerdown", "keydown", "wheel"]) {
  addEventListener(kind, () => work.desk.value.idleWarned || work.touch(), { passive: true });
}
const root = document.getElementById("app");
if (root) render(<App work={work} />, root);
void work.start();
