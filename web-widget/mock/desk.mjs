/** A scripted desk: three handoffs, three requests, all made up. */
import { randomUUID } from "node:crypto";
import { bodyOf, json } from "./server.mjs";

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const row = (key, label, value, copyable = true) => ({ key, label, value, copyable });
const p = (text) => ({ type: "paragraph", text });
let seq = 0;
const message = (author, label, minutes, blocks, language = "en") => ({ id: randomUUID(), seq: (seq += 1), author, label, language, at: ago(minutes), blocks, utter: null, client_id: null });

export const me = { id: "s1", name: "Maria T., front desk", roles: ["front_desk"], csrf: "x", idle_seconds: 900, practice: "riverside", practice_name: "Riverside Family Medicine", timezone: "America/Chicago", demo: true, pms_mode: "request" };

function data() {
  const handoff = (conversation, more) => ({ conversation, channel: "web", language: "en", reason: "asked", reason_line: "Asked for a person", urgent: false, since: ago(3), due: ago(-2), owner: null, owner_name: null, mine: false, patient_left: false, reach: null, alert: null, ...more });
  const handoffs = [
    handoff("c2", { channel: "sms", since: ago(7), due: ago(2), reason: "stuck", reason_line: "The assistant did not understand twice" }),
    handoff("c1", { language: "es", reason: "emergency", reason_line: "Emergency words in a message", urgent: true, since: ago(1), due: ago(0), alert: "a1" }),
    handoff("c3", { since: ago(24), due: null, owner: "s2", owner_name: "Dana W.", reason: "complaint", reason_line: "Complaint" }),
    handoff("c4", { since: ago(12), due: ago(-20), patient_left: true, reach: "callback", reason: "asked", reason_line: "Asked for a person" }),
  ];
  const requests = [
    { id: "r1", conversation: "c5", kind: "book", standing: "with_staff", channel: "web", language: "en", created: ago(15), due: ago(-45), urgent: false, rows: [row("visit_type", "Visit", "Check-up (30 min)"), row("name", "Name", "Testy McSample"), row("date_of_birth", "Born", "1951-04-12"), row("phone", "Phone", "(555) 555-0142"), row("wishes", "Wishes", "Tuesday or Wednesday morning, Dr. Ortiz")], actions: ["entered", "decline"], history: [row("with_staff", "With staff", "9:12 AM")], confirmed_by_patient: false },
    { id: "r2", conversation: "c6", kind: "refill", standing: "received", channel: "sms", language: "es", created: ago(130), due: ago(-200), urgent: false, rows: [row("name", "Name", "Prueba Ejemplo"), row("medicine", "Medicine", "lisinopril 10 mg, as typed"), row("pharmacy", "Pharmacy", "Made-up Pharmacy, Main Street")], actions: ["accept", "done", "decline"], history: [], confirmed_by_patient: false },
    { id: "r3", conversation: "c5", kind: "book", standing: "booked", channel: "web", language: "en", created: ago(1500), due: null, urgent: false, rows: [row("name", "Name", "Sample Person"), row("when", "When", "Mon, Nov 24, 10:20 AM")], actions: [], history: [row("booked", "Booked", "Yesterday, Maria T.")], confirmed_by_patient: true },
  ];
  const conversations = Object.fromEntries(
    ["c1", "c2", "c3", "c4", "c5", "c6"].map((id) => {
      const card = handoffs.find((one) => one.conversation === id) ?? null;
      const es = card?.language === "es";
      return [id, { id, status: card ? "open" : "pending", fence: 1, channel: card?.channel ?? "web", language: card?.language ?? "en", owner: card?.owner ?? null, owner_name: card?.owner_name ?? null, mine: false, handoff: card, summary: [row("verified", "Identity", "Not verified", false), row("language", "Language", es ? "Spanish" : "English", false)], messages: es
        ? [message("patient", "Patient", 2, [p("mi mamá no puede respirar bien")], "es"), message("bot", "Assistant", 2, [{ type: "emergency", kind: "emergency", title: "Esto puede ser una emergencia", text: "No espere una respuesta aquí. Llame al 911 ahora.", links: [{ label: "Llamar al 911", href: "tel:911" }] }], "es"), message("bot", "Assistant", 1, [p("Ya avisé al personal de la clínica.")], "es")]
        : [message("patient", "Patient", 26, [p("I need a check-up with Dr. Ortiz")]), message("bot", "Assistant", 26, [p("What kind of visit do you need?"), { type: "quick_replies", choices: [{ id: "a", label: "Check-up" }, { id: "b", label: "Sick visit" }] }]), message("patient", "Patient", 25, [p("is somebody there? I would like to talk to a person")]), message("bot", "Assistant", 25, [p("I am asking the front desk to join.")])], notes: es ? [{ id: "n1", by: "Dana W.", at: ago(0.5), text: "Calling the number on file now." }] : [], requests: requests.filter((one) => one.conversation === id), patient_left: card?.patient_left ?? false, callback: id === "c4" ? "(555) 555-0177" : null, clinicians: [row("ortiz", "", "Dr. Elena Ortiz"), row("chen", "", "Dr. Sam Chen")] }];
    }),
  );
  return { handoffs, requests, conversations };
}

export function desk() {
  const { handoffs, requests, conversations } = data();
  const streams = new Set();
  let signedIn = false;
  const changed = (what, id) => streams.forEach((stream) => stream.write(`event: changed\ndata: ${JSON.stringify({ what, id })}\n\n`));
  return async (request, answer, path, url) => {
    const body = request.method === "POST" ? await bodyOf(request) : {};
    if (path === "login") {
      if (body.password === "wrong") return json(answer, 401, { code: "wrong", message: "", request: "" });
      signedIn = true;
      return json(answer, 200, me);
    }
    if (path === "expire") signedIn = false;
    if (!signedIn) return json(answer, 401, { code: "signed_out", message: "", request: "" });
    if (path === "me") return json(answer, 200, me);
    if (path === "logout") return (signedIn = false), json(answer, 204);
    if (path === "queue") return json(answer, 200, { handoffs, counts: { handoffs: handoffs.length, urgent: handoffs.filter((one) => one.urgent).length, appointments: requests.filter((one) => one.kind !== "refill" && one.actions.length).length, refills: 1 }, now: new Date().toISOString() });
    if (path === "requests") return json(answer, 200, { requests });
    if (path === "stream") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      answer.write(": hello\n\n");
      streams.add(answer);
      return request.on("close", () => streams.delete(answer));
    }
    const [kind, id, action] = path.split("/");
    if (kind === "conversations") {
      const open = conversations[id];
      if (action && open.owner === "s2") return json(answer, 409, { code: "taken", message: "", owner_name: "Dana W.", request: "" });
      if (action === "claim") Object.assign(open, { owner: "s1", owner_name: me.name, mine: true, fence: open.fence + 1 });
      if (["release", "return", "resolve"].includes(action)) Object.assign(open, { owner: null, owner_name: null, mine: false, fence: open.fence + 1, status: action === "resolve" ? "resolved" : "open" });
      if (action === "reply") open.messages.push(message("staff", me.name, 0, [p(body.text)]));
      if (action === "note") open.notes.push({ id: randomUUID(), by: me.name, at: ago(0), text: body.text });
      const card = handoffs.find((one) => one.conversation === id);
      if (card) Object.assign(card, { owner: open.owner, owner_name: open.owner_name, mine: open.mine });
      if (action) changed("conversation", id);
      return json(answer, 200, open);
    }
    if (kind === "requests") {
      const card = requests.find((one) => one.id === id);
      card.standing = { entered: "booked", accept: "with_staff", decline: "declined", done: "done" }[action];
      card.actions = action === "accept" ? ["done", "decline"] : [];
      card.history.push(row(action, card.standing, me.name, false));
      return json(answer, 200, card);
    }
    if (kind === "alerts") {
      handoffs.forEach((one) => one.alert === id && (one.alert = null));
      return json(answer, 204);
    }
    return json(answer, 404, {});
  };
}
