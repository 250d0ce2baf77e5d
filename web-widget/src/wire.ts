/** The JSON of bot/web/wire.py and bot/domain/blocks.py. A Python test compares the field names of both sides. */

export type Status = "pending" | "open" | "snoozed" | "resolved";
export type Channel = "web" | "sms";
export type Standing = "not_sent" | "received" | "held" | "booked" | "with_staff" | "done" | "declined" | "cancelled";

// ---- blocks: what a message is made of -------------------------------------------------------------------------

export interface Choice {
  id: string;
  label: string;
}

export interface Row {
  label: string;
  value: string;
}

export interface Paragraph {
  type: "paragraph";
  text: string;
}

export interface Bullets {
  type: "list";
  items: string[];
}

export interface Link {
  type: "link";
  label: string;
  href: string;
}

export interface QuickReplies {
  type: "quick_replies";
  choices: Choice[];
}

export interface OpeningTime {
  id: string;
  label: string;
  full: string;
  part: string;
}

export interface OpeningDay {
  label: string;
  times: OpeningTime[];
}

export interface Openings {
  type: "openings";
  days: OpeningDay[];
  timezone: string;
  other: Choice[];
}

export interface Field {
  type: "field";
  slot: string;
  kind: string;
  label: string;
  hint: string;
  error: string;
  step: number;
  steps: number;
  can_skip: boolean;
  can_go_back: boolean;
}

export interface Summary {
  type: "summary";
  title: string;
  rows: Row[];
  choices: Choice[];
}

export interface Receipt {
  type: "receipt";
  title: string;
  standing: string;
  rows: Row[];
  number: string;
  calendar: boolean;
  request: string;
}

/** The links inside the card come without `type`: only the outermost block of a message carries one. */
export interface Emergency {
  type: "emergency";
  kind: string;
  title: string;
  text: string;
  links: Omit<Link, "type">[];
}

export interface Notice {
  type: "notice";
  text: string;
}

export interface Source {
  title: string;
  reviewed_on: string;
}

export interface Sources {
  type: "sources";
  items: Source[];
}

export type Block =
  | Paragraph
  | Bullets
  | Link
  | QuickReplies
  | Openings
  | Field
  | Summary
  | Receipt
  | Emergency
  | Notice
  | Sources;

// ---- patient ---------------------------------------------------------------------------------------------------

export interface PracticeCard {
  id: string;
  name: string;
  sample: boolean;
  languages: string[];
  phone: string;
  phone_href: string;
  relay: string;
  open_now: boolean;
  hours_line: Record<string, string>;
  notices: Record<string, string>;
  theme: Record<string, string>;
}

export interface SessionRequest {
  practice: string;
  language: string | null;
}

export interface Session {
  token: string;
  conversation: string;
  scope: "chat" | "form";
  language: string;
  after: number;
  idle_minutes: number;
  practice: string;
}

export interface ResumeRequest {
  practice: string;
  code: string;
}

export interface LinkRequest {
  token: string;
}

export interface Leave {
  token: string;
}

export interface Outgoing {
  text: string;
  choice: string | null;
  slot: string | null;
  language: string | null;
}

export interface Accepted {
  id: string;
  seq: number;
}

export interface Message {
  id: string;
  seq: number;
  author: "patient" | "bot" | "staff";
  label: string;
  language: string;
  at: string;
  blocks: Block[];
  utter: string | null;
  client_id: string | null;
}

export interface State {
  status: Status;
  who: "bot" | "waiting" | "staff";
  staff: string | null;
  typing: boolean;
  waiting_line: string | null;
  resume_code: string | null;
  pinned: "emergency" | "crisis" | null;
  language: string;
}

export interface Transcript {
  messages: Message[];
  state: State;
}

export interface ErrorAnswer {
  code: string;
  message: string;
  request: string;
}

// ---- desk ------------------------------------------------------------------------------------------------------

export interface Login {
  email: string;
  password: string;
  totp: string | null;
}

export interface Me {
  id: string;
  name: string;
  roles: string[];
  csrf: string;
  idle_seconds: number;
  practice: string;
  practice_name: string;
  timezone: string;
  demo: boolean;
  pms_mode: "request" | "book";
}

export interface HandoffCard {
  conversation: string;
  channel: Channel;
  language: string;
  reason: string;
  reason_line: string;
  urgent: boolean;
  since: string;
  due: string | null;
  owner: string | null;
  owner_name: string | null;
  mine: boolean;
  patient_left: boolean;
  reach: string | null;
  alert: string | null;
}

export interface Counts {
  handoffs: number;
  urgent: number;
  appointments: number;
  refills: number;
}

export interface Queue {
  handoffs: HandoffCard[];
  counts: Counts;
  now: string;
}

export interface DetailRow {
  key: string;
  label: string;
  value: string;
  copyable: boolean;
}

export interface RequestCard {
  id: string;
  conversation: string;
  kind: "book" | "reschedule" | "cancel" | "refill" | "callback";
  standing: Standing;
  channel: Channel;
  language: string;
  created: string;
  due: string | null;
  urgent: boolean;
  rows: DetailRow[];
  actions: string[];
  history: DetailRow[];
  confirmed_by_patient: boolean;
}

export interface RequestList {
  requests: RequestCard[];
}

export interface RequestAction {
  start: string | null;
  clinician: string | null;
  location: string | null;
  reason: string | null;
}

export interface Note {
  id: string;
  by: string;
  at: string;
  text: string;
}

export interface DeskConversation {
  id: string;
  status: Status;
  fence: number;
  channel: Channel;
  language: string;
  owner: string | null;
  owner_name: string | null;
  mine: boolean;
  handoff: HandoffCard | null;
  summary: DetailRow[];
  messages: Message[];
  notes: Note[];
  requests: RequestCard[];
  patient_left: boolean;
  callback: string | null;
  clinicians: DetailRow[];
}

export interface Fence {
  fence: number;
  outcome: string | null;
}

export interface DeskText {
  fence: number;
  text: string;
}

export interface TakenBy {
  code: "taken";
  message: string;
  owner_name: string | null;
  request: string;
}
