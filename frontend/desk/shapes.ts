/**
 * What the staff API sends and takes. Times are ISO 8601 with an offset; dates are ISO dates without a time.
 * Absent values are null, never missing.
 */

export type State = 'received' | 'assessed' | 'investigating' | 'deciding' | 'decided' | 'remedying' | 'closed';
export type PromiseName = 'acknowledge' | 'answer' | 'remedy';
export type Finding = 'upheld' | 'partly_upheld' | 'not_upheld' | 'resolved_without_finding' | 'undetermined';
export type Language = 'tr' | 'en';
export type Channel = 'web' | 'phone' | 'letter' | 'counter' | 'email' | 'social';
export type Flag = 'safety' | 'undelivered' | 'disputed' | 'reopened';
export type Letter = 'acknowledgement' | 'decision' | 'closing' | 'message';
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
  | 'investigate'
  | 'assign'
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

export interface Kept {
  promise: PromiseName;
  due: string;
  due_on: string;
  kept_at: string | null;
  missed: boolean;
  share: number;
  days_left: number | null;
  /** How the day was worked out, line by line; empty where the dates do not explain themselves. */
  why: Partial<Record<Language, string[]>>;
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
  state: 'ready' | 'unscanned' | 'incomplete';
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
  tasks: { id: string; kind: 'reach_another_way'; since: string; letter: Letter }[];
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

/** RFC 9457. `current` comes with a conflict: the complaint as it is now. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  errors?: { pointer: string; code: string }[];
  /** Which guard refused a move. */
  reason?: string;
  current?: Complaint;
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

/** Who works on complaints; the other roles read. The API refuses the rest in any case, this only spares the attempt. */
const WRITERS: readonly Role[] = ['front-line', 'handler', 'lead', 'reviewer', 'management-representative'];
export const mayWrite = (me: Me): boolean => me.roles.some((role) => WRITERS.includes(role));
