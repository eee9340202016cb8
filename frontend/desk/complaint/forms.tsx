/** The form of each move. A chapter's forms come in one file, when the first of them is opened. */
import type { ComponentType } from 'preact';
import { later } from '../parts/later';
import type { Move } from '../shapes';
import type { FormProps } from './frame';

const receiving = () => import('./receiving');
const investigating = () => import('./investigating');
const deciding = () => import('./deciding');
const closing = () => import('./closing');
const people = () => import('./people');

const form = <Chapter,>(chapter: () => Promise<Chapter>, pick: (chapter: Chapter) => ComponentType<FormProps>): ComponentType<FormProps> =>
  later(async () => pick(await chapter()), { inside: true });

const assess = form(receiving, ({ Assess }) => Assess);
const owner = form(investigating, ({ Owner }) => Owner);

export const FORMS: Record<Move, ComponentType<FormProps>> = {
  acknowledge: form(receiving, ({ Acknowledge }) => Acknowledge),
  assess,
  reassess: assess,
  decline: form(receiving, ({ Decline }) => Decline),
  confirm_decline: form(receiving, ({ ConfirmDecline }) => ConfirmDecline),
  contest: form(receiving, ({ Contest }) => Contest),
  investigate: owner,
  fast_track: owner,
  assign: form(investigating, ({ Assign }) => Assign),
  ask: form(investigating, ({ Ask }) => Ask),
  record_reply: form(investigating, ({ RecordReply }) => RecordReply),
  plan: form(investigating, ({ Plan }) => Plan),
  record_evidence: form(investigating, ({ RecordEvidence }) => RecordEvidence),
  record_action: form(investigating, ({ RecordAction }) => RecordAction),
  ask_colleague: form(investigating, ({ AskColleague }) => AskColleague),
  promise_date: form(investigating, ({ PromiseDate }) => PromiseDate),
  link_systemic: form(investigating, ({ LinkSystemic }) => LinkSystemic),
  update: form(investigating, ({ Update }) => Update),
  extend: form(investigating, ({ Extend }) => Extend),
  pause: form(investigating, ({ Pause }) => Pause),
  resume: form(investigating, ({ Resume }) => Resume),
  resolve_early: form(deciding, ({ ResolveEarly }) => ResolveEarly),
  propose: form(deciding, ({ Propose }) => Propose),
  approve: form(deciding, ({ Approve }) => Approve),
  return: form(deciding, ({ Return }) => Return),
  accept: form(closing, ({ Accept }) => Accept),
  ask_review: form(closing, ({ AskReview }) => AskReview),
  dispute: form(closing, ({ Dispute }) => Dispute),
  verify: form(closing, ({ Verify }) => Verify),
  report_failure: form(closing, ({ ReportFailure }) => ReportFailure),
  close_unanswered: form(closing, ({ CloseUnanswered }) => CloseUnanswered),
  close_exhausted: form(closing, ({ CloseExhausted }) => CloseExhausted),
  close_uncontactable: form(closing, ({ CloseUncontactable }) => CloseUncontactable),
  close_anonymous: form(closing, ({ CloseAnonymous }) => CloseAnonymous),
  record_external: form(closing, ({ RecordExternal }) => RecordExternal),
  record_external_outcome: form(closing, ({ RecordExternalOutcome }) => RecordExternalOutcome),
  withdraw: form(closing, ({ Withdraw }) => Withdraw),
  take_up_again: form(closing, ({ TakeUpAgain }) => TakeUpAgain),
  reopen: form(closing, ({ Reopen }) => Reopen),
  merge: form(closing, ({ Merge }) => Merge),
  unmerge: form(closing, ({ Unmerge }) => Unmerge),
  name_staff: form(people, ({ NameStaff }) => NameStaff),
  hear_staff: form(people, ({ HearStaff }) => HearStaff),
  declare_conflict: form(people, ({ DeclareConflict }) => DeclareConflict),
  restrict: form(people, ({ Restrict }) => Restrict),
  check_authority: form(people, ({ CheckAuthority }) => CheckAuthority),
  disclose: form(people, ({ Disclose }) => Disclose),
  withdraw_consent: form(people, ({ WithdrawConsent }) => WithdrawConsent),
};
