/** 7.7 and 7.8: an answer to every point, checked by another person, and told. */
import { serverNow, useDesk } from '../desk';
import { Format, plainNumber } from '../format';
import { wordsOf } from '../language';
import { isMissing } from '../parts/attempt';
import { capital, idOf, Radios, Select, Text } from '../parts/fields';
import { useKept } from '../parts/kept';
import { orNull } from '../parts/typed';
import { CAUSES, FINDINGS, type Complaint, type Entry, type Finding, type Point } from '../shapes';
import { AskedFor, Frame, textForm, useMedium, useNoConflict, type FormProps } from './frame';
import { remedyWords } from './points';
import { blankRemedy, hasDay, isStatutory, missingOf, Money, NO_REMEDY, remedyBody, RemedyFields, RemedyKind, sums, type RemedyTyped } from './remedy';

interface Found {
  number: number;
  title: string;
  statutory: boolean;
  finding: Finding | '';
  reasons: string;
  remedy: RemedyTyped;
  noRemedyReason: string;
}

const isAnswered = ({ finding, reasons, remedy, noRemedyReason }: Found): boolean =>
  finding !== '' && reasons.trim() !== '' && remedy.kind !== '' && (remedy.kind !== NO_REMEDY || noRemedyReason.trim() !== '');

// What brings a complaint back to us: what was found before is not copied into a new look.
const ANEW = ['ReviewAsked', 'RemedyFailed', 'ComplaintReopened', 'ExternalDecided'];

function lastProposal({ timeline }: Complaint): Entry | undefined {
  const last = timeline.find(({ type }) => type === 'DecisionProposed' || ANEW.includes(type));
  return last?.type === 'DecisionProposed' ? last : undefined;
}

const saidIn = (entry: Entry | undefined, fact: string): string => (typeof entry?.facts[fact] === 'string' ? entry.facts[fact] : '');

/** The points with what was proposed for them since we last looked at the complaint anew. */
function proposedSoFar(complaint: Complaint): Point[] {
  const { points } = complaint;
  if (lastProposal(complaint)) return points;
  return points.map((point) => ({ ...point, finding: null, reasons: null, remedy: null, no_remedy_reason: null }));
}

/** What we answer, point by point. None can be left without a finding, its reasons, and a remedy or the reason for none.
 * An `early` answer is approved by whoever gives it, and may be put right at once; else what we will do has a day. */
function useAnswer(complaint: Complaint, { early }: { early: boolean }) {
  const { words } = useDesk();
  const [points, setPoints] = useKept<Found[]>('points', () =>
    proposedSoFar(complaint).map((point) => ({
      number: point.number,
      title: point.title,
      statutory: isStatutory(point.pack),
      finding: point.finding ?? '',
      reasons: point.reasons ?? '',
      remedy: {
        ...blankRemedy(complaint),
        kind: point.remedy?.kind ?? (point.no_remedy_reason ? NO_REMEDY : ''),
        words: point.remedy?.words ?? '',
        amount: point.remedy?.amount ?? '',
        ...(point.remedy?.currency ? { currency: point.remedy.currency } : {}),
        dueOn: point.remedy?.due_on ?? '',
      },
      noRemedyReason: point.no_remedy_reason ?? '',
    })),
  );
  const [cause, setCause] = useKept<string>('cause', complaint.cause ?? '');
  const proposed = lastProposal(complaint);
  const [improvement, setImprovement] = useKept<YesNo | ''>('improvement', proposed ? (proposed.facts.improvement_needed === true ? 'yes' : 'no') : '');
  const [improvementReason, setImprovementReason] = useKept('improvementReason', saidIn(proposed, 'improvement_reason'));
  const [correctiveAction, setCorrectiveAction] = useKept('correctiveAction', saidIn(proposed, 'corrective_action'));
  const [others, setOthers] = useKept<YesNo | ''>('others', proposed ? (saidIn(proposed, 'others_by') ? 'yes' : 'no') : '');
  const [othersWho, setOthersWho] = useKept('othersWho', saidIn(proposed, 'others'));
  const [othersBy, setOthersBy] = useKept('othersBy', saidIn(proposed, 'others_by'));
  const [prevention, setPrevention] = useKept('prevention', '');
  const noConflict = useNoConflict();
  const change = (index: number, part: Partial<Found>) =>
    setPoints(points.map((point, at) => (at === index ? { ...point, ...part } : point)));

  const isDated = ({ remedy }: Found): boolean => hasDay(remedy.kind) && !early;
  const upheld = points.some(({ finding }) => finding === 'upheld' || finding === 'partly_upheld');
  const missing = [
    ...points.flatMap((point, index) => [
      ...isMissing(`/points/${index}/finding`, point.finding, 'choice_required'),
      ...isMissing(`/points/${index}/reasons`, point.reasons),
      ...isMissing(`/points/${index}/remedy/kind`, point.remedy.kind, 'choice_required'),
      ...(point.remedy.kind === NO_REMEDY
        ? isMissing(`/points/${index}/no_remedy_reason`, point.noRemedyReason)
        : missingOf(`/points/${index}/remedy`, point.remedy, isDated(point))),
    ]),
    ...isMissing('/cause', cause, 'choice_required'),
    ...isMissing('/improvement_needed', improvement, 'choice_required'),
    ...(upheld ? isMissing('/improvement_reason', improvementReason) : []),
    ...(improvement === 'yes' ? isMissing('/corrective_action', correctiveAction) : []),
    ...isMissing('/others', others, 'choice_required'),
    ...(others === 'yes' ? [...isMissing('/others/words', othersWho), ...isMissing('/others/due_on', othersBy)] : []),
    ...noConflict.missing,
  ];
  const body = {
    points: points.map((point) => ({
      number: point.number,
      finding: point.finding,
      reasons: point.reasons,
      remedy: point.remedy.kind === NO_REMEDY ? null : remedyBody(point.remedy),
      no_remedy_reason: point.remedy.kind === NO_REMEDY ? point.noRemedyReason : null,
    })),
    cause,
    improvement_needed: improvement === 'yes',
    improvement_reason: orNull(improvementReason),
    corrective_action: improvement === 'yes' ? correctiveAction : null,
    others: others === 'yes' ? { words: othersWho, due_on: othersBy } : null,
    prevention: orNull(prevention),
    no_conflict: noConflict.no_conflict,
  };
  const costs = sums(points.filter(({ remedy }) => remedy.kind !== NO_REMEDY && remedy.amount.trim()).map(({ remedy }) => ({ amount: plainNumber(remedy.amount), currency: remedy.currency })));
  const fields = (
    <>
      <Wanted complaint={complaint} />
      <p class="small" role="status">
        {words.form.answered(points.filter(isAnswered).length, points.length)}
      </p>
      {points.map((point, index) => (
        <fieldset class="point" key={point.number} id={idOf(`/points/${index}`)} tabIndex={-1}>
          <legend class="letter" lang={complaint.language}>
            {point.number}. {point.title}
          </legend>
          <Radios
            pointer={`/points/${index}/finding`}
            label={words.form.finding}
            value={point.finding}
            onValue={(finding) => change(index, { finding })}
            choices={FINDINGS.map((finding) => [finding, words.findings[finding]] as const)}
            row
          />
          <Text
            pointer={`/points/${index}/reasons`}
            label={words.form.reasons}
            hint={words.form.reasonsHint}
            value={point.reasons}
            onValue={(reasons) => change(index, { reasons })}
            rows={4}
            letter
          />
          <RemedyKind
            pointer={`/points/${index}/remedy/kind`}
            value={point.remedy.kind}
            onValue={(kind) => change(index, { remedy: { ...point.remedy, kind } })}
            statutory={point.statutory}
            none
          />
          {point.remedy.kind === NO_REMEDY && (
            <div class="revealed">
              <Text
                pointer={`/points/${index}/no_remedy_reason`}
                label={words.form.noRemedyReason}
                hint={words.form.remedyWordsHint}
                value={point.noRemedyReason}
                onValue={(noRemedyReason) => change(index, { noRemedyReason })}
                rows={2}
                letter
              />
            </div>
          )}
          {point.remedy.kind && point.remedy.kind !== NO_REMEDY && (
            <div class="revealed">
              <RemedyFields
                pointer={`/points/${index}/remedy`}
                remedy={point.remedy}
                onChange={(part) => change(index, { remedy: { ...point.remedy, ...part } })}
                dated={isDated(point)}
              />
            </div>
          )}
        </fieldset>
      ))}
      <Text pointer="/prevention" label={words.form.prevention} hint={words.form.preventionHint} value={prevention} onValue={setPrevention} rows={2} letter optional />
      <Select
        pointer="/cause"
        label={words.form.cause}
        hint={words.form.causeHint}
        value={cause}
        onValue={setCause}
        choices={CAUSES.map((code) => [code as string, words.causes[code] ?? code] as const)}
      />
      <YesOrNo pointer="/improvement_needed" label={words.form.improvement} value={improvement} onValue={setImprovement} />
      <Text
        pointer="/improvement_reason"
        label={words.form.improvementReason}
        hint={words.form.improvementHint}
        value={improvementReason}
        onValue={setImprovementReason}
        rows={2}
        optional={!upheld}
      />
      {improvement === 'yes' && (
        <div class="revealed">
          <Text pointer="/corrective_action" label={words.form.correctiveAction} hint={words.form.correctiveActionHint} value={correctiveAction} onValue={setCorrectiveAction} rows={2} />
        </div>
      )}
      <YesOrNo pointer="/others" label={words.form.others} value={others} onValue={setOthers} />
      {others === 'yes' && (
        <div class="revealed">
          <Text pointer="/others/words" label={words.form.othersWho} hint={words.form.othersHint} value={othersWho} onValue={setOthersWho} rows={2} />
          <Text pointer="/others/due_on" label={words.form.othersBy} type="date" value={othersBy} onValue={setOthersBy} />
        </div>
      )}
      {costs.length > 0 && <Money costs={costs} approves={early} />}
      {noConflict.field}
    </>
  );
  return { body, missing, fields };
}

type YesNo = 'yes' | 'no';

function YesOrNo(field: { pointer: string; label: string; value: YesNo | ''; onValue: (value: YesNo) => void }) {
  const { words } = useDesk();
  return <Radios {...field} choices={[['yes', words.yes] as const, ['no', words.no] as const]} row />;
}

/** What they asked for stands beside what we answer. */
function Wanted({ complaint }: { complaint: Complaint }) {
  const { words, format } = useDesk();
  const { wish, wants, wish_amount, currency } = complaint.account;
  const said = wish || wants.length > 0 || wish_amount;
  return (
    <section class="wanted" aria-labelledby="wanted-title">
      <h3 id="wanted-title">{words.form.wanted}</h3>
      {!said && <p class="quiet">{words.form.wantedNone}</p>}
      {wish && (
        <div class="wrote" lang={complaint.language}>
          {wish}
        </div>
      )}
      {wants.length > 0 && <p>{wants.map((want) => words.remedies[want] ?? want).join(', ')}</p>}
      {wish_amount && <p>{words.complaint.wantsAmount(format.money(wish_amount, currency))}</p>}
    </section>
  );
}

const EFFECTS = ['confirmed', 'varied', 'reversed'] as const;
type Effect = (typeof EFFECTS)[number];

export function Propose(props: FormProps) {
  const { words } = useDesk();
  const second = props.complaint.stage === 2;
  const [effect, setEffect] = useKept<Effect | ''>('effect', '');
  const answer = useAnswer(props.complaint, { early: false });
  return (
    <Frame
      {...props}
      body={{ ...answer.body, effect: second ? effect : null }}
      missing={[...(second ? isMissing('/effect', effect, 'choice_required') : []), ...answer.missing]}
    >
      {second && (
        <Radios
          pointer="/effect"
          label={words.form.effect}
          value={effect}
          onValue={setEffect}
          choices={EFFECTS.map((one) => [one, words.form.effects[one]] as const)}
          row
        />
      )}
      {answer.fields}
    </Frame>
  );
}

export function ResolveEarly(props: FormProps) {
  const { words, format } = useDesk();
  const answer = useAnswer(props.complaint, { early: true });
  const medium = useMedium(undefined, words.form.acceptedBy);
  const { early_until } = props.complaint;
  return (
    <Frame {...props} body={{ ...answer.body, medium: medium.medium }} missing={[...answer.missing, ...medium.missing]}>
      {early_until && <p class="small">{words.form.earlyUntil(format.date(early_until))}</p>}
      {answer.fields}
      {medium.field}
    </Frame>
  );
}

export const Return = textForm('returnWords', 'returnHint');

/** Approving shows, in the complainant's language, what the letter will say. A late answer says why it is late. */
export function Approve(props: FormProps) {
  const { words, me, format: inside } = useDesk();
  const { complaint } = props;
  const theirs = wordsOf(complaint.language);
  const format = new Format(complaint.language, me.time_zone, theirs);
  const [why, setWhy] = useKept('why', '');
  const noConflict = useNoConflict();
  const now = serverNow().getTime();
  const late = complaint.promises.some(({ promise, point, kept_at, paused_since, due }) => promise === 'answer' && point && !kept_at && !paused_since && Date.parse(due) < now);
  const proposed = complaint.timeline.find(({ type }) => type === 'DecisionProposed');
  const prevention = typeof proposed?.facts.prevention === 'string' ? proposed.facts.prevention : null;
  const effect = EFFECTS.find((one) => one === proposed?.facts.effect);
  return (
    <Frame
      {...props}
      body={{ late_reason: orNull(why), no_conflict: noConflict.no_conflict }}
      missing={[...(late ? isMissing('/late_reason', why) : []), ...noConflict.missing]}
    >
      <AskedFor pointer="/late_reason" always={late || why !== ''}>
        <Text pointer="/late_reason" label={words.form.lateReason} hint={words.form.reasonsHint} value={why} onValue={setWhy} rows={3} letter />
      </AskedFor>
      {effect && (
        <p>
          <strong>{words.form.effect}:</strong> {words.form.effects[effect]}
        </p>
      )}
      <h3>{words.form.preview}</h3>
      <div class="sees" lang={complaint.language}>
        {complaint.points.map((point) => (
          <div key={point.number}>
            <p>
              <strong>
                {point.number}. {point.title}
              </strong>
            </p>
            {point.finding && <p>{theirs.findings[point.finding]}.</p>}
            <p class="kept-lines">{point.reasons}</p>
            <p class="kept-lines">
              {theirs.form.previewRemedy} {point.remedy ? remedyWords(point.remedy, theirs, format) : point.no_remedy_reason}
            </p>
            {point.remedy?.due_on && <p>{capital(theirs.complaint.remedyDue(format.date(point.remedy.due_on)), complaint.language)}.</p>}
          </div>
        ))}
        {prevention && (
          <p class="kept-lines">
            <strong>{theirs.form.prevention}:</strong> {prevention}
          </p>
        )}
      </div>
      <p class="kept-lines">
        <strong>{words.form.improvement}:</strong> {[proposed?.facts.improvement_needed === true ? words.yes : words.no, saidIn(proposed, 'improvement_reason')].filter(Boolean).join('. ')}
      </p>
      {saidIn(proposed, 'corrective_action') && (
        <p class="kept-lines">
          <strong>{words.form.correctiveAction}:</strong> {saidIn(proposed, 'corrective_action')}
        </p>
      )}
      <p class="kept-lines">
        <strong>{words.form.others}:</strong>{' '}
        {saidIn(proposed, 'others_by') ? `${words.yes}, ${words.complaint.tasks.by(inside.date(saidIn(proposed, 'others_by')))}. ${saidIn(proposed, 'others')}` : words.no}
      </p>
      <Money costs={sums(complaint.points.flatMap(({ remedy }) => remedy ?? []))} approves />
      {noConflict.field}
    </Frame>
  );
}
