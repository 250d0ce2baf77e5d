/** Made-up messages for the tests. */
import type { DeskConversation, HandoffCard, Me, Message, PracticeCard, RequestCard, Session, State } from "../src/wire";

export const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  seq,
  author: "bot",
  label: "Assistant",
  language: "en",
  at: "2026-11-22T15:00:00Z",
  blocks: [{ type: "paragraph", text: `words ${seq}` }],
  utter: null,
  client_id: null,
  ...more,
});

export const state = (more: Partial<State> = {}): State => ({
  status: "pending",
  who: "bot",
  staff: null,
  typing: false,
  waiting_line: null,
  resume_code: null,
  pinned: null,
  language: "en",
  ...more,
});

export const session: Session = {
  token: "t",
  conversation: "c1",
  scope: "chat",
  language: "en",
  after: 0,
  idle_minutes: 20,
  practice: "riverside",
};

export const practice: PracticeCard = {
  id: "riverside",
  name: "Riverside Family Medicine",
  sample: true,
  languages: ["en", "es"],
  phone: "(555) 555-0100",
  phone_href: "tel:+15555550100",
  relay: "711",
  open_now: true,
  hours_line: {},
  notices: {},
  theme: {},
};

export const me: Me = {
  id: "s1",
  name: "Maria T.",
  roles: ["front_desk"],
  csrf: "x",
  idle_seconds: 900,
  practice: "riverside",
  practice_name: "Riverside",
  timezone: "America/Chicago",
  demo: true,
  pms_mode: "request",
};

export const handoff = (conversation: string, more: Partial<HandoffCard> = {}): HandoffCard => ({
  conversation,
  channel: "web",
  language: "en",
  reason: "asked",
  reason_line: "Asked for a person",
  urgent: false,
  since: "2026-11-22T15:00:00Z",
  due: null,
  owner: null,
  owner_name: null,
  mine: false,
  patient_left: false,
  reach: null,
  alert: null,
  ...more,
});

export const request = (id: string, more: Partial<RequestCard> = {}): RequestCard => ({
  id,
  conversation: `c-${id}`,
  kind: "book",
  standing: "with_staff",
  channel: "web",
  language: "en",
  created: "2026-11-22T15:00:00Z",
  due: null,
  urgent: false,
  rows: [],
  actions: ["entered", "decline"],
  history: [],
  confirmed_by_patient: false,
  ...more,
});

export const conversation = (id: string, more: Partial<DeskConversation> = {}): DeskConversation => ({
  id,
  status: "open",
  fence: 1,
  channel: "web",
  language: "en",
  owner: null,
  owner_name: null,
  mine: false,
  handoff: null,
  summary: [],
  messages: [],
  notes: [],
  requests: [],
  patient_left: false,
  callback: null,
  clinicians: [],
  ...more,
});
