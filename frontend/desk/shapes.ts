/**
 * What the staff API sends and takes, under the names that the desk has for it. The shapes themselves are generated from
 * the API's description (schema.ts). Times are ISO 8601 with an offset; dates are ISO dates without a time. Absent values
 * are null, never missing.
 */
import type * as schema from './schema';

export type {
  AbsenceShown as Absence,
  Applied,
  Authority,
  AssessmentShown as Assessment,
  Case as Complaint,
  CategoryOutput as Category,
  Cause,
  Change,
  Confirmation,
  Effect,
  Ending,
  Effects as Changes,
  FileShown as FileItem,
  Figure,
  Finding,
  Found,
  HandedOver as Handover,
  Happened as Entry,
  HomeCalendar,
  Hosting,
  Interval,
  Lacking,
  LetterTold,
  Me,
  OrganisationOutput as Organisation,
  Outcome,
  PackShown as Pack,
  PointShown as Point,
  Preview,
  PromiseShown as Kept,
  Receipt,
  Refusal,
  Related,
  RemedyTold as Remedy,
  Retention,
  Row,
  Rows as Page,
  Ruled,
  Satisfaction,
  Shared as Workload,
  Setting,
  Settings,
  SlotGiven as Slot,
  Standing,
  State,
  StepShown as SetupStep,
  StepOutput as Step,
  TaskShown as Task,
  Counts as Queues,
  Accent,
  Colleague as StaffMember,
  VersionShown as Version,
  View,
  Worker,
} from './schema';

/** The registers of the framework, by the names that they have in addresses. */
export interface Registers {
  contact: schema.KeptContact;
  letters: schema.KeptLetters;
  texts: schema.KeptOpenings;
  privacy: schema.KeptPrivacy;
  brand: schema.KeptBrand;
  commitment: schema.KeptCommitment;
  policy: schema.KeptPolicy;
  objectives: schema.KeptObjectives;
  resources: schema.KeptResources;
}
export type RegisterName = keyof Registers;
/** Those that top management approves. */
export interface Documents {
  commitment: schema.ApprovedCommitment;
  policy: schema.ApprovedPolicy;
}
export type StepName = schema.StepShown['step'];
export type Condition = schema.ConditionShown['condition'];
export type DocumentName = keyof Documents;
export type Content<N extends RegisterName> = NonNullable<Registers[N]['content']>;

export type Datum = schema.Ask['data'][number];
export type Limit = schema.LimitOutput;
export type Limited = keyof schema.OrganisationOutput['limits'];
export type Language = schema.Me['language'];
export type Letter = schema.LetterShown['kind'];
export type Medium = schema.Accept['medium'];
export type Backdating = NonNullable<schema.Registration['backdated']>;
export type Channel = schema.Registration['channel'];
export type Customer = NonNullable<schema.Registration['customer']>;
export type Format = NonNullable<schema.Registration['formats']>[number];
export type LifeStage = NonNullable<schema.Registration['life_stage']>;
/** What is done to several complaints at once. */
export type Bulk = 'assign' | 'note' | 'link';
export type Move = schema.MoveShown['move'];
type Narrow = NonNullable<schema.paths['/api/desk/complaints']['get']['parameters']['query']>;
export type PauseCategory = schema.Pause['category'];
export type PromiseName = schema.PromiseShown['promise'];
export type Queue = keyof schema.Counts['counts'];
export type Role = schema.Me['roles'][number];
export type Tell = schema.StepOutput['tell'][number];
export type Unit = schema.LimitOutput['unit'];

// What is chosen from, in the order in which it is shown.

export const REGISTERS = [
  'commitment',
  'policy',
  'objectives',
  'resources',
  'contact',
  'brand',
  'letters',
  'texts',
  'privacy',
] as const satisfies readonly RegisterName[];
export const QUEUES = [
  'open',
  'to_acknowledge',
  'to_assess',
  'mine',
  'to_approve',
  'waiting_answer',
  'disputed',
  'to_review',
  'overdue',
  'undelivered',
  'closed_lately',
  'closed',
] as const satisfies readonly Queue[];
export const DATA = ['name', 'address', 'phone', 'email', 'order_number', 'product', 'date', 'wish', 'amount', 'document', 'other'] as const satisfies readonly Datum[];
export const CHANNELS = [
  'phone',
  'counter',
  'letter',
  'email',
  'social',
  'sikayetvar',
  'cimer',
  'e_devlet',
  'kep',
  'external_body',
] as const satisfies readonly Channel[];
export const PRIORITIES = ['1', '2', '3', '4'] as const;
export const DUES = ['late', 'today', 'week'] as const satisfies readonly Narrow['due'][];
export const FLAGS = [
  'safety',
  'disputed',
  'second_stage',
  'reopened',
  'waiting',
  'external',
  'undelivered',
  'anonymous',
  'confidential',
] as const satisfies readonly Narrow['flag'][];
export const BACKDATINGS = ['enquiry', 'delayed', 'noted', 'other'] as const satisfies readonly Backdating[];
export const CUSTOMERS = ['current', 'new', 'former', 'prospective', 'other'] as const satisfies readonly Customer[];
export const WAYS = ['email', 'phone', 'letter'] as const satisfies readonly schema.Registration['contact_by'][];
export const LIFE_STAGES = ['before_purchase', 'delivery', 'use', 'after_sales', 'ended'] as const satisfies readonly LifeStage[];
export const FORMATS = ['large_print', 'braille', 'audio', 'interpreter', 'call'] as const satisfies readonly Format[];
export const CURRENCIES = ['TRY', 'GBP', 'EUR', 'USD'] as const satisfies readonly schema.Registration['currency'][];
export const LIMITED = ['front-line', 'handler', 'lead', 'management-representative'] as const satisfies readonly Limited[];
export const UNITS = [
  'hour',
  'working_hour',
  'working_day',
  'working_day_with_saturday',
  'calendar_day',
  'week',
  'month',
  'year',
] as const satisfies readonly Unit[];
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const TELLS = ['owner', 'lead', 'management-representative', 'top-management', 'roster'] as const satisfies readonly Tell[];
export const TARGETS = ['safety', 'unassessed', '1', '2', '3', '4'] as const;
export const FINDINGS = [
  'upheld',
  'partly_upheld',
  'not_upheld',
  'resolved_without_finding',
  'undetermined',
] as const satisfies readonly schema.Finding[];
export const CAUSES = [
  'PRC',
  'PPL',
  'PRD',
  'MFG',
  'SUP',
  'INF',
  'TEC',
  'POL',
  'CHP',
  'EXT',
  'CUS',
  'UNK',
] as const satisfies readonly schema.Cause[];
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
] as const satisfies readonly schema.Remedy[];

/** Whether this person holds one of the roles. The API refuses in any case, this only spares the attempt. */
const holds =
  (...roles: Role[]) =>
  (person: Pick<schema.Me, 'roles'>): boolean =>
    person.roles.some((role) => roles.includes(role));

/** Who works on complaints; the other roles read. */
export const mayWrite = holds('front-line', 'handler', 'lead', 'reviewer', 'management-representative');
/** An administrator keeps settings and users; complaints are no business of that role. */
export const mayRead = (me: schema.Me): boolean => me.roles.some((role) => role !== 'administrator');
/** Who gives complaints to others, and ties them together. */
export const mayAssign = holds('handler', 'lead', 'reviewer', 'management-representative');
export const mayHandOver = holds('lead', 'management-representative');
/** Who watches over who sees what. */
export const mayOversee = holds('auditor', 'data-protection-officer', 'management-representative');
export const mayEvaluate = holds('lead', 'management-representative', 'top-management', 'auditor');
export const maySendOthersAway = holds('lead');
