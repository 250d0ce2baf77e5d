/** A scripted sample practice: enough replies to see every block. All people and numbers are made up. */
export const practice = {
  id: "riverside",
  name: "Riverside Family Medicine",
  sample: true,
  languages: ["en", "es"],
  phone: "(740) 555-0100",
  phone_href: "tel:+17405550100",
  relay: "711",
  open_now: true,
  hours_line: { en: "Open. Closes today at 5:00 PM", es: "Abierto. Cierra hoy a las 5:00 p. m." },
  notices: { privacy: "https://riverside.example.test/privacy", privacy_contact: "Privacy Officer, (740) 555-0100" },
  theme: { primary: "#0b5c6b" },
};

const p = (text) => ({ type: "paragraph", text });
const time = (id, label, day) => ({ id: `opening=${id}`, label, full: `${day}, ${label} with Dr. Ortiz`, part: label.endsWith("AM") ? "morning" : "afternoon" });
const day = (label, full, labels, from) => ({ label, times: labels.map((each, at) => time(from + at, each, full)) });

const OPENINGS = {
  type: "openings",
  days: [
    day("Mon, Nov 24", "Monday, November 24", ["8:40 AM", "10:20 AM", "1:20 PM"], 0),
    day("Tue, Nov 25", "Tuesday, November 25", ["8:40 AM", "9:20 AM", "10:00 AM", "1:20 PM", "3:40 PM"], 10),
    day("Wed, Nov 26", "Wednesday, November 26", ["11:00 AM"], 20),
  ],
  timezone: "Times are the practice's local time.",
  other: [{ id: "more_times", label: "More times" }, { id: "none", label: "None of these work" }],
};
const field = (slot, kind, label, more) => ({ type: "field", slot, kind, label, hint: "", error: "", step: 0, steps: 4, can_skip: false, can_go_back: true, ...more });
const NAME = field("name", "name", "What is your full name?", { step: 1, hint: "As it is on your insurance card", can_go_back: false });
const DOB = field("date_of_birth", "date_of_birth", "What is your date of birth?", { step: 2, hint: "For example, 3 31 1950. We use it to find your record." });
const PHONE = field("phone", "phone", "What phone number can we reach you at?", { step: 3, error: "", can_skip: true });
const SUMMARY = { type: "summary", title: "Check before we send", rows: [{ label: "Visit", value: "Check-up" }, { label: "When", value: "Tuesday, November 25, 9:20 AM" }, { label: "With", value: "Dr. Ortiz" }, { label: "Where", value: "120 Main Street, Suite 4" }, { label: "Born", value: "••/••/••••" }], choices: [{ id: "yes", label: "Send it" }, { id: "change", label: "Change something" }] };
const RECEIPT = { type: "receipt", title: "Your appointment is booked", standing: "booked", rows: SUMMARY.rows.slice(1, 4), number: "RF-4821", calendar: true, request: "r1" };
const EMERGENCY = (language) => language === "es"
  ? { type: "emergency", kind: "emergency", title: "Esto puede ser una emergencia", text: "No espere una respuesta aquí. Llame al 911 ahora.", links: [{ label: "Llamar al 911", href: "tel:911" }, { label: "Crisis emocional: llame al 988", href: "tel:988" }] }
  : { type: "emergency", kind: "emergency", title: "This may be an emergency", text: "Do not wait for an answer here. Call 911 now.", links: [{ label: "Call 911", href: "tel:911" }, { label: "Emotional crisis: call 988", href: "tel:988" }] };

export function opening(path) {
  return path === "link" ? [{ blocks: [p("Thank you. Two questions, and then you are done."), DOB] }] : [{ blocks: [p("Welcome back. Staff will answer here.")] }];
}

export function replies(conversation, outgoing) {
  const said = `${outgoing.text} ${outgoing.choice ?? ""}`.toLowerCase();
  const es = conversation.language === "es";
  if (/breathe|respirar/.test(said)) return [{ state: { pinned: "emergency" } }, { blocks: [EMERGENCY(es ? "es" : "en")] }, { blocks: [p(es ? "Ya avisé al personal de la clínica." : "I have told the staff of the practice."), { type: "quick_replies", choices: es ? [{ id: "called", label: "Ya llamé al 911" }, { id: "no_emergency", label: "No es una emergencia" }] : [{ id: "called", label: "I called 911" }, { id: "no_emergency", label: "It is not an emergency" }] }] }];
  if (/person/.test(said)) {
    return [{ state: { who: "waiting", status: "open", waiting_line: "A person usually answers within 5 minutes.", resume_code: "K7QM2" } }, { blocks: [p("I am asking the front desk to join.")] }];
  }
  if (/book|appointment|cita/.test(said)) return [{ blocks: [p("What kind of visit do you need?"), { type: "quick_replies", choices: [{ id: "visit_type=checkup", label: "Check-up" }, { id: "visit_type=sick", label: "Sick visit" }, { id: "visit_type=vaccine", label: "Vaccine" }, { id: "person", label: "Talk to a person" }] }] }];
  if (/visit_type|none|more_times/.test(said)) return [{ blocks: [p("Here are the next open times with Dr. Ortiz at the Main Street office."), OPENINGS] }];
  if (/opening=/.test(said)) return [{ blocks: [p("I am holding that time for you for 5 minutes."), NAME] }];
  if (outgoing.slot === "name" || outgoing.choice === "back") return [{ blocks: [DOB] }];
  if (outgoing.slot === "date_of_birth") return [{ blocks: [PHONE] }];
  if (outgoing.slot === "phone" && outgoing.text.replace(/\D/g, "").length < 10) return [{ blocks: [{ ...PHONE, error: "Phone number must include 10 numbers" }] }];
  if (outgoing.slot === "phone" || outgoing.choice === "skip") return conversation.scope === "form" ? [{ blocks: [{ type: "notice", text: "Sent to the practice. You can close this page." }] }] : [{ blocks: [SUMMARY] }];
  if (outgoing.choice === "yes") return [{ blocks: [RECEIPT] }, { blocks: [p("Is there anything else?")] }];
  return [{ blocks: [p(es ? "Abrimos de lunes a viernes, de 8:00 a. m. a 5:00 p. m., y cerramos de 12:00 a 1:00 p. m." : "We are open Monday to Friday, 8:00 AM to 5:00 PM, and closed for lunch from 12:00 to 1:00 PM."), { type: "list", items: es ? ["Oficina principal: 120 Main Street", "Oficina del este: 48 Eastgate Road"] : ["Main Street office: 120 Main Street, Suite 4", "Eastgate office: 48 Eastgate Road"] }, { type: "link", label: es ? "Cómo llegar" : "Directions", href: "https://riverside.example.test/directions" }, { type: "sources", items: [{ title: es ? "Horario de la clínica" : "Office hours", reviewed_on: "2026-10-02" }] }] }];
}
