/** Of each move: in which chapter it stands, what it leads to, and whether its dates are shown before it is made. */
import { letterWords } from '../parts/letters';
import type { Complaint, Move, State } from '../shapes';
import type { Words } from '../words/en';

export type Offer = Complaint['moves'][number];

export type Chapter = 'receiving' | 'investigating' | 'dates' | 'deciding' | 'closing' | 'people';
export const CHAPTERS: readonly Chapter[] = ['receiving', 'investigating', 'dates', 'deciding', 'closing', 'people'];

export const CHAPTER_OF: Record<Move, Chapter> = {
  assess: 'receiving',
  reassess: 'receiving',
  acknowledge: 'receiving',
  decline: 'receiving',
  confirm_decline: 'receiving',
  contest: 'receiving',
  merge: 'receiving',
  unmerge: 'receiving',
  link_systemic: 'receiving',
  investigate: 'investigating',
  fast_track: 'investigating',
  assign: 'investigating',
  ask: 'investigating',
  record_reply: 'investigating',
  plan: 'investigating',
  record_evidence: 'investigating',
  record_action: 'investigating',
  ask_colleague: 'investigating',
  update: 'dates',
  promise_date: 'dates',
  extend: 'dates',
  pause: 'dates',
  resume: 'dates',
  resolve_early: 'deciding',
  propose: 'deciding',
  approve: 'deciding',
  return: 'deciding',
  accept: 'closing',
  ask_review: 'closing',
  dispute: 'closing',
  verify: 'closing',
  report_failure: 'closing',
  close_unanswered: 'closing',
  close_exhausted: 'closing',
  close_uncontactable: 'closing',
  close_anonymous: 'closing',
  record_external: 'closing',
  record_external_outcome: 'closing',
  withdraw: 'closing',
  take_up_again: 'closing',
  reopen: 'closing',
  name_staff: 'people',
  hear_staff: 'people',
  check_authority: 'people',
  restrict: 'people',
  disclose: 'people',
  withdraw_consent: 'people',
  declare_conflict: 'people',
};

/** Moves of which the dates that change, and the letter that leaves, are shown before they are made. */
export const SEEN_FIRST: readonly Move[] = [
  'assess',
  'reassess',
  'fast_track',
  'contest',
  'ask',
  'ask_review',
  'dispute',
  'report_failure',
  'record_external',
  'record_external_outcome',
  'reopen',
  'take_up_again',
  'unmerge',
  'extend',
  'pause',
  'resume',
];

// Where a move can lead to many states, it goes back to where the complaint was, and its own words say so.
const MANY = 2;

// Moves that bring a complaint back to where it was.
const BACK: readonly Move[] = ['record_reply', 'contest', 'take_up_again', 'unmerge'];

function afterwards({ move, to }: Offer, complaint: Complaint, words: Words): string {
  const { before } = complaint;
  if (move === 'assess' && complaint.state !== 'received') return ''; // it stays where it is
  const lead: readonly State[] = before && BACK.includes(move) && to.includes(before) ? [before] : to;
  const states = lead.filter((state) => state !== complaint.state).map((state) => words.states[state]);
  const [one, other] = states;
  if (!one || states.length > MANY) return '';
  return words.complaint.afterwards(other ? words.complaint.or(one, other) : one);
}

/** What a move does, where the complaint stands afterwards, and what the complainant gets to read because of it. */
export function consequence(offer: Offer, complaint: Complaint, words: Words): string {
  const seen = SEEN_FIRST.includes(offer.move);
  const letter = offer.letter ? letterWords(offer.letter, complaint, words) : seen ? words.changes.first : words.complaint.noLetter;
  return [words.moves[offer.move].does, afterwards(offer, complaint, words), letter].filter(Boolean).join(' ');
}

/** The same in a list, where only what leaves the house is said beside what the move does. */
export function brief(offer: Offer, complaint: Complaint, words: Words): string {
  return [words.moves[offer.move].does, offer.letter && letterWords(offer.letter, complaint, words)].filter(Boolean).join(' ');
}

// What an answer of ours is not waited for, whatever the table marks as usual.
const BESIDE_THE_POINT = ['declining', 'not_declining', 'not_anonymous', 'already_assessed', 'not_waiting_for_you'];
// Where several moves are usual, the one that ends the state comes first.
const FIRST: readonly Move[] = ['confirm_decline', 'approve', 'close_anonymous', 'record_external_outcome'];

/** Whether the next word is the complainant's, so that no act of ours may look like the expected one. */
export const theirMove = (complaint: Complaint): boolean => complaint.state === 'decided' && !complaint.moves.some(({ move }) => move === 'close_anonymous');

/** The answers of the complainant to our decision, which are equal choices for whoever records them. */
export const ANSWERS: readonly Move[] = ['accept', 'ask_review', 'dispute'];

// A proposal that waits for its approval can be replaced, but that is not what comes next.
const comesNext = (move: Move, complaint: Complaint): boolean => move !== 'propose' || complaint.state !== 'deciding';

export function expectedOf(complaint: Complaint): Offer | undefined {
  if (theirMove(complaint)) return undefined;
  const usual = complaint.moves.filter(({ move, expected }) => expected && comesNext(move, complaint));
  return usual.find(({ move }) => FIRST.includes(move)) ?? usual[0];
}

/** What usually comes next and is kept from this person, with the reason. */
export const barredOf = (complaint: Complaint): Complaint['barred'] =>
  theirMove(complaint) || expectedOf(complaint) ? [] : complaint.barred.filter(({ move, reason }) => comesNext(move, complaint) && !BESIDE_THE_POINT.includes(reason));

/** The move that takes a hindrance away. */
export const WAY_OUT: Partial<Record<string, Move>> = {
  plan_missing: 'plan',
  evidence_missing: 'record_evidence',
  staff_not_heard: 'hear_staff',
  authority_unchecked: 'check_authority',
  not_assessed: 'assess',
  conflict_of_proposer: 'return',
};
