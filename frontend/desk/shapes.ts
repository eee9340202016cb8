/**
 * What the staff API sends and takes. Times are ISO 8601 with an offset; dates are ISO dates without a time.
 * Absent values are null, never missing.
 */

export type State = 'received' | 'assessed' | 'investigating' | 'deciding' | 'decided' | 'remedying' | 'closed';
export type PromiseName = 'acknowledge' | 'take_up' | 'update' | 'answer' | 'duty' | 'remedy';
export type PauseCategory = 'waiting_for_complainant' | 'waiting_for_third_party' | 'before_court';
export type Finding = 'upheld' | 'partly_upheld' | 'not_upheld' | 'resolved_without_finding' | 'undetermined';
export type Language = 'tr' | 'en';
export type Channel = 'web' | 'phone' | 'letter' | 'counter' | 'email' | 'social';
export type Flag = 'safety' | 'undelivered' | 'disputed' | 'reopened';
export type Letter = 'acknowledgement' | 'progress' | 'extension' | 'decision' | 'closing' | 'message';
export type Texts = Record<Language, string>;
export type Role =
  | 'front-line'
  | 'handler'
  | 'lead'
  | 'reviewer'
  | 'management-representative'
  | 'top-management'
  | 'auditor'
  | 'data-protection-officer'
  | 'administrator';

export const QUEUES = [
  'open',
  'to_acknowledge',
  'to_assess',
  'mine',
  'to_approve',
  'waiting_answer',
  'overdue',
  'undelivered',
  'closed',
] as const;
export type Queue = (typeof QUEUES)[number];

export type Move =
  | 'acknowledge'
  | 'assess'
  | 'reassess'
  | 'investigate'
  | 'assign'
  | 'update'
  | 'extend'
  | 'pause'
  | 'resume'
  | 'propose'
  | 'return'
  | 'approve'
  | 'accept'
  | 'dispute'
  | 'verify'
  | 'reopen';

export interface Me {
  id: string;
  name: string;
  language: Language;
  roles: Role[];
  organisation: string;
  time_zone: string;
  now: string;
}

export interface Queues {
  now: string;
  counts: Record<Queue, number>;
}

export interface StaffMember {
  id: string;
  name: string;
  roles: Role[];
  away_until: string | null;
  /** How many open complaints this person owns. */
  open: number | null;
}

/** One complaint in a queue. `share` is elapsed over allowed time; more than 1 is late. `days_left` are business days. */
export interface Row {
  reference: string;
  version: number;
  state: State;
  priority: number | null;
  /** Null, like `name`, once the words of the complaint were erased. */
  subject: string | null;
  name: string | null;
  channel: Channel;
  received_at: string;
  due: string | null;
  promise: PromiseName | null;
  started_at: string;
  share: number;
  days_left: number | null;
  late: boolean;
  owner_id: string | null;
  owner_name: string | null;
  flags: Flag[];
}

export interface Page {
  now: string;
  rows: Row[];
  next: string | null;
}

/** One clock. `internal` is a target of our own, of which no complainant was told. */
export interface Kept {
  promise: PromiseName;
  point: number | null;
  duty: Texts | null;
  internal: boolean;
  due: string;
  due_on: string;
  kept_at: string | null;
  missed: boolean;
  share: number;
  days_left: number | null;
  /** How often the day was put off. */
  extended: number;
  paused_since: string | null;
  paused_for: PauseCategory | null;
  /** How the day was worked out: one line for each time it was set, the last is in force. */
  why: Record<Language, string[]>;
}

/** What a move would change, before it is made. */
export interface Changes {
  dates: { promise: PromiseName; point: number | null; duty: Texts | null; old: string | null; new: string | null; internal: boolean }[];
  letter: Letter | null;
}

export interface Task {
  id: string;
  kind: 'reach_another_way' | 'duty';
  since: string;
  letter: Letter | null;
  point: number | null;
  duty: string | null;
}

export interface Remedy {
  kind: string;
  words: string | null;
  amount: string | null;
  currency: string | null;
  due_on: string | null;
}

export interface Point {
  number: number;
  title: string;
  category: number;
  /** The rules that hold for this point, as `id` or `id/variant`. */
  pack: string;
  version: number;
  /** The amount in dispute, as a decimal. */
  value: string | null;
  finding: Finding | null;
  reasons: string | null;
  remedy: Remedy | null;
  no_remedy_reason: string | null;
}

export interface Entry {
  id: string;
  at: string;
  type: string;
  by: { kind: 'complainant' | 'staff' | 'system'; id: string | null; name: string | null };
  visibility: 'complainant_wrote' | 'complainant_sees' | 'internal' | 'change';
  words: string | null;
  facts: Record<string, unknown>;
}

export interface FileItem {
  id: string;
  name: string;
  size: number;
  added_at: string;
  by: Entry['by'];
  internal: boolean;
  /** Hexadecimal; null as long as nothing has arrived. */
  sha256: string | null;
  state: 'unscanned' | 'clean' | 'infected' | 'refused' | 'incomplete';
  can_download: boolean;
}

export interface Assessment {
  severity: number;
  safety: 'none' | 'possible' | 'actual';
  complexity: number;
  impact: 'one' | 'several' | 'many';
  action_needed: boolean;
  action_possible: boolean;
  priority_reason: string;
  by: string | null;
  at: string;
}

export interface Complaint extends Row {
  language: Language;
  acknowledged_at: string | null;
  by_mail: boolean;
  registered_at: string;
  closed_at: string | null;
  closed_reason: string | null;
  cycle: number;
  proposed_by: string | null;
  complainant: { name: string; email: string | null; phone: string | null; support_needs: string | null };
  account: {
    about: string;
    what_happened: string;
    happened_on: string | null;
    told_before: 'yes' | 'no' | 'unsure';
    order_number: string | null;
    backdating_reason: string | null;
    wish: string | null;
    safety_risk: boolean;
    elsewhere: boolean;
  };
  assessment: Assessment | null;
  promises: Kept[];
  points: Point[];
  cause: string | null;
  tasks: Task[];
  timeline: Entry[];
  letters: { id: string; kind: Letter; state: 'owed' | 'claimed' | 'sent' | 'delivered' | 'bounced' | 'failed' | 'dropped'; at: string }[];
  files: FileItem[];
  moves: { move: Move; letter: Letter | null; expected: boolean }[];
  now: string;
}

export interface Receipt {
  reference: string;
  secret: string;
  received_at: string;
  answer_due_on: string;
  acknowledge_due_on: string;
}

export interface Confirmation {
  by: string;
  on: string;
  words: string;
}

/** A policy pack, or a variant of one (`id/variant`). */
export interface Pack {
  id: string;
  version: number;
  effective_from: string;
  title: Texts;
  status: 'ready' | 'draft';
  confidence: 'high' | 'medium' | 'low' | 'own_choice';
  law: boolean;
  base: string | null;
  calendar: string | null;
  selectable: boolean;
  in_use: boolean;
  sources: string[];
  note: Texts | null;
  /** What it promises, in sentences for people. */
  limits: Record<Language, string[]>;
  /** Words that a regulator wants verbatim and that nobody has copied, or compared lately. */
  needs: string[];
  legal_review: Confirmation | null;
  confirmed: Confirmation | null;
}

export const UNITS = ['hour', 'working_hour', 'working_day', 'working_day_with_saturday', 'calendar_day', 'week', 'month', 'year'] as const;
export type Unit = (typeof UNITS)[number];
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const TELLS = ['owner', 'lead', 'management-representative', 'top-management', 'roster'] as const;
export type Tell = (typeof TELLS)[number];
export const TARGETS = ['safety', 'unassessed', '1', '2', '3', '4'] as const;

export interface Limit {
  count: number;
  unit: Unit;
}

export interface Step {
  share: number | null;
  later: number | null;
  tell: Tell[];
}

export interface Interval {
  opens: string;
  closes: string;
}

export interface PrescribedText {
  words: Partial<Texts>;
  checked_on: string;
}

/** What the organisation has settled; the server keeps more of it than is edited here. */
export interface Organisation {
  packs: string[];
  by_category: Record<string, string>;
  own_packs: string[];
  confirmed: Record<string, Confirmation>;
  legal_reviews: Record<string, Confirmation>;
  prescribed: Record<string, PrescribedText>;
  own_days: Record<string, string>;
  hours: Partial<Record<Weekday, Interval[]>> | null;
  targets: Record<string, Limit>;
  ladder: Step[];
  urgent_ladder: Step[];
  roster: string[];
  digest_at: string[];
  ceiling: number;
}

interface Settling {
  version: number;
  by_name: string | null;
  at: string | null;
  reason: string | null;
}

export interface Ruled extends Settling {
  organisation: Organisation;
  calendars: string[];
  can_change: boolean;
  history: Settling[];
}

/** What other rules would do to the open complaints. */
export interface Effect {
  problems: { pointer: string; code: string }[];
  open: number;
  touched: number;
  earlier: number;
  later: number;
  examples: { reference: string; promise: PromiseName; point: number | null; old: string; new: string }[];
}

export interface Applied {
  changed: number;
  left: number;
  failed: number;
}

export interface Worker {
  id: string;
  name: string;
  roles: Role[];
  open: number;
  late: number;
  urgent: number;
  ceiling_share: number;
  /** What falls due on each of the `days` of the workload. */
  days: number[];
  away: { until: string; deputy_name: string | null } | null;
}

export interface Workload {
  now: string;
  ceiling: number;
  open: number;
  unassigned: { open: number; late: number; oldest_received_at: string | null; overdue_to_take_up: number };
  days: string[];
  people: Worker[];
  due: number[];
}

export interface Handover {
  moved: number;
  left: number;
  failed: string[];
}

export interface Absence {
  id: string;
  staff_id: string;
  name: string;
  from: string;
  until: string;
  deputy_id: string;
  deputy_name: string;
}

/** RFC 9457. `current` comes with a conflict: the complaint, or the rules, as they are now. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  errors?: { pointer: string; code: string }[];
  /** Which guard refused a move. */
  reason?: string;
  current?: Complaint | Ruled;
}

export const FINDINGS: readonly Finding[] = ['upheld', 'partly_upheld', 'not_upheld', 'resolved_without_finding', 'undetermined'];
export const CAUSES = ['PRC', 'PPL', 'PRD', 'MFG', 'SUP', 'INF', 'TEC', 'POL', 'CHP', 'EXT', 'CUS', 'UNK'] as const;
export const REMEDIES = [
  'refund',
  'replacement',
  'repair_rework',
  'substitute_loan',
  'price_reduction',
  'contract_cancel',
  'contract_perform',
  'invoice_correct',
  'record_correct',
  'technical_help',
  'information_explanation',
  'referral',
  'financial_help',
  'other_help',
  'compensation_loss',
  'compensation_distress',
  'cost_reimbursement',
  'apology',
  'goodwill',
  'change_product',
  'change_process_policy',
  'training',
  'offer_to_others_affected',
] as const;

/** Whether this person holds one of the roles. The API refuses in any case, this only spares the attempt. */
const holds =
  (...roles: Role[]) =>
  (me: Me): boolean =>
    me.roles.some((role) => roles.includes(role));

/** Who works on complaints; the other roles read. */
export const mayWrite = holds('front-line', 'handler', 'lead', 'reviewer', 'management-representative');
/** An administrator keeps settings and users; complaints are no business of that role. */
export const mayRead = (me: Me): boolean => me.roles.some((role) => role !== 'administrator');
export const mayHandOver = holds('lead', 'management-representative');
export const maySendOthersAway = holds('lead');
