/** 7.9: what follows a decision: accepted, disputed, reviewed, taken elsewhere, carried out, closed, and coming back. */
import { serverNow, useDesk } from '../desk';
import { isMissing } from '../parts/attempt';
import { idOf, Radios, Text, Ticks } from '../parts/fields';
import { useKept } from '../parts/kept';
import { useTyped } from '../parts/typed';
import type { Complaint, Task } from '../shapes';
import { FileSelect, Frame, textForm, useMedium, type FormProps } from './frame';
import { Routes } from './routes';
import { blankRemedy, isStatutory, missingOf, remedyBody, RemedyFields, RemedyKind, type RemedyTyped } from './remedy';

// --- what the complainant says about our decision ---

export function Accept(props: FormProps) {
  const { words } = useDesk();
  const medium = useMedium();
  const { field, sent, missing } = useTyped({ words: '' });
  const rejected = props.complaint.flags.includes('disputed');
  return (
    <Frame {...props} body={{ ...sent, medium: medium.medium }} missing={[...medium.missing, ...(rejected ? missing('words') : [])]}>
      {medium.field}
      {rejected && <Text {...field('words')} label={words.form.withdrawWords} rows={3} letter />}
    </Frame>
  );
}

export function Dispute(props: FormProps) {
  const { words } = useDesk();
  const medium = useMedium();
  const { field, sent, missing } = useTyped({ words: '' });
  return (
    <Frame {...props} body={{ ...sent, medium: medium.medium }} missing={[...medium.missing, ...missing('words')]}>
      {medium.field}
      <Text {...field('words')} label={words.form.disputeWords} rows={4} letter />
    </Frame>
  );
}

export function AskReview(props: FormProps) {
  const { words, format } = useDesk();
  const medium = useMedium();
  const { values, field, sent } = useTyped({ words: '', late_reason: '' });
  const { review_until } = props.complaint;
  const late = review_until !== null && Date.parse(review_until) < serverNow().getTime();
  return (
    <Frame
      {...props}
      body={{ ...sent, medium: medium.medium }}
      missing={[...medium.missing, ...(late ? isMissing('/late_reason', values.late_reason, 'review_window') : [])]}
    >
      {medium.field}
      <Text {...field('words')} label={words.form.reviewWords} rows={4} letter optional />
      {late && <Text {...field('late_reason')} label={words.form.reviewLate} hint={words.form.reviewLateHint(format.date(review_until))} rows={2} />}
    </Frame>
  );
}

/** What only the complainant does, and staff record with what was said. */
function theirDoing(label: 'withdrawWords' | 'takeUpWords', hint?: 'withdrawHint') {
  return function TheirDoing(props: FormProps) {
    const { words } = useDesk();
    const medium = useMedium();
    const { field, sent, missing } = useTyped({ words: '' });
    return (
      <Frame {...props} body={{ ...sent, medium: medium.medium }} missing={[...medium.missing, ...missing('words')]}>
        {medium.field}
        <Text {...field('words')} label={words.form[label]} hint={hint && words.form[hint]} rows={4} letter />
      </Frame>
    );
  };
}

export const Withdraw = theirDoing('withdrawWords', 'withdrawHint');
export const TakeUpAgain = theirDoing('takeUpWords');

// --- carried out ---

const remedies = (complaint: Complaint): (Task & { point: number })[] =>
  complaint.tasks.flatMap((task) => (task.kind === 'remedy' && task.point !== null ? [{ ...task, point: task.point }] : []));

export function Verify(props: FormProps) {
  const { words, me } = useDesk();
  const { complaint, offer } = props;
  const tasks = remedies(complaint);
  // Of several, those are ticked that somebody else has carried out; nobody verifies their own.
  const [points, setPoints] = useKept('points', () =>
    tasks.filter(({ done_by }) => done_by !== me.id && (done_by || tasks.length === 1)).map(({ point }) => String(point)),
  );
  const [text, setText] = useKept('words', '');
  const all = points.length === tasks.length;
  return (
    <Frame
      {...props}
      offer={all ? offer : { ...offer, letter: null }}
      body={{ words: text, points: tasks.length ? points.map(Number) : null }}
      missing={[...(tasks.length && !points.length ? [{ pointer: '/points', code: 'choice_required' }] : []), ...isMissing('/words', text)]}
    >
      {tasks.length > 0 && (
        <Ticks
          pointer="/points"
          label={words.form.verifyPoints}
          value={points}
          onValue={setPoints}
          choices={tasks.map(({ point, done_by, done_by_name }) => {
            const remedy = complaint.points.find(({ number }) => number === point)?.remedy;
            const what = remedy ? (words.remedies[remedy.kind] ?? remedy.kind) : words.complaint.remedy;
            const by = done_by ? words.form.verifyBy(done_by_name ?? words.complaint.formerStaff) : words.form.verifyOpen;
            return [String(point), `${words.form.point(point)}: ${what}, ${by}`] as const;
          })}
        />
      )}
      <Text pointer="/words" label={words.form.verifyWords} value={text} onValue={setText} rows={3} />
    </Frame>
  );
}

export const ReportFailure = textForm('failureWords', 'failureHint', true);

// --- outside bodies ---

const OTHER_BODY = 'other';

export function RecordExternal(props: FormProps) {
  const { words, language } = useDesk();
  const { complaint } = props;
  const known = [...new Set(complaint.routes.map(({ body }) => body[language]))];
  const [choice, setChoice] = useKept('choice', known.length ? '' : OTHER_BODY);
  const { values, field, sent, missing, unchosen } = useTyped({ body: '', their_reference: '', told_by: '', answer_by: '', words: '', document: '' });
  const other = choice === OTHER_BODY;
  return (
    <Frame
      {...props}
      body={{ ...sent, body: other ? values.body : choice }}
      missing={[...(other ? missing('body') : isMissing('/body', choice, 'choice_required')), ...unchosen('told_by')]}
    >
      {known.length > 0 && (
        <Radios
          pointer={other ? '/body-choice' : '/body'}
          label={words.form.body}
          value={choice}
          onValue={setChoice}
          choices={[...known.map((one) => [one, one] as const), [OTHER_BODY, words.form.bodyOther] as const]}
        />
      )}
      {other && <Text {...field('body')} label={known.length ? words.form.bodyName : words.form.body} wide />}
      <Text {...field('their_reference')} label={words.form.theirReference} optional />
      <Radios
        {...field('told_by')}
        label={words.form.toldBy}
        choices={(['body', 'complainant'] as const).map((one) => [one, words.form.toldBys[one]] as const)}
        row
      />
      <Text {...field('answer_by')} label={words.form.answerBy} type="date" optional />
      <Text {...field('words')} label={words.form.externalWords} rows={3} optional />
      <FileSelect {...field('document')} complaint={complaint} label={words.form.document} />
    </Frame>
  );
}

const OUTCOMES = ['agreed_with_us', 'better_for_complainant', 'settled', 'not_accepted', 'withdrawn'] as const;
const THENS = ['sent_back', 'award', 'end'] as const;
const OURS = ['stands', 'replaced'] as const;

export function RecordExternalOutcome(props: FormProps) {
  const { words } = useDesk();
  const { complaint } = props;
  const { values, field, sent, missing, unchosen } = useTyped({ outcome: '', then: '', replaces: '', words: '', document: '' });
  const [points, setPoints] = useKept<string[]>('points', complaint.points.length === 1 ? complaint.points.map(({ number }) => String(number)) : []);
  const [awards, setAwards] = useKept<Record<string, RemedyTyped>>('awards', {});
  const orders = values.then === 'award';
  const awarded = orders ? points : [];
  const asksOurs = (orders || values.then === 'end') && complaint.owes;
  const awardOn = (point: string) => awards[point] ?? blankRemedy(complaint);
  const change = (point: string, part: Partial<RemedyTyped>) => setAwards({ ...awards, [point]: { ...awardOn(point), ...part } });
  return (
    <Frame
      {...props}
      body={{
        ...sent,
        replaces: asksOurs && values.replaces === 'replaced',
        awards: awarded.map((point) => ({ number: Number(point), remedy: remedyBody(awardOn(point)) })),
      }}
      missing={[
        ...unchosen('outcome', 'then'),
        ...(orders && !points.length ? [{ pointer: '/award-points', code: 'choice_required' }] : []),
        ...awarded.flatMap((point, index) => [
          ...isMissing(`/awards/${index}/remedy/kind`, awardOn(point).kind, 'choice_required'),
          ...missingOf(`/awards/${index}/remedy`, awardOn(point), true),
        ]),
        ...(asksOurs ? unchosen('replaces') : []),
        ...missing('words'),
        ...unchosen('document'),
      ]}
    >
      <Radios {...field('outcome')} label={words.form.externalOutcome} choices={OUTCOMES.map((one) => [one, words.form.externalOutcomes[one]] as const)} />
      <Radios
        {...field('then')}
        label={words.form.then}
        hint={complaint.points.length ? undefined : words.form.thenAssessed}
        choices={THENS.filter((one) => one !== 'award' || complaint.points.length > 0).map((one) => [one, words.form.thens[one]] as const)}
      />
      {orders && (
        <fieldset class="group" id={idOf('/awards')} tabIndex={-1}>
          <legend>{words.form.awards}</legend>
          {complaint.points.length > 1 && (
            <Ticks
              pointer="/award-points"
              label={words.form.awardPoints}
              value={points}
              onValue={setPoints}
              choices={complaint.points.map(({ number, title }) => [String(number), `${number}. ${title}`] as const)}
            />
          )}
          {awarded.map((point, index) => {
            const of = complaint.points.find(({ number }) => String(number) === point);
            return (
              <fieldset class="point" key={point}>
                <legend class="letter" lang={complaint.language}>
                  {point}. {of?.title}
                </legend>
                <RemedyKind
                  pointer={`/awards/${index}/remedy/kind`}
                  value={awardOn(point).kind}
                  onValue={(kind) => change(point, { kind })}
                  statutory={isStatutory(of?.pack ?? '')}
                  none={false}
                />
                <RemedyFields pointer={`/awards/${index}/remedy`} remedy={awardOn(point)} onChange={(part) => change(point, part)} dated />
              </fieldset>
            );
          })}
        </fieldset>
      )}
      {asksOurs && (
        <Radios
          {...field('replaces')}
          label={words.form.ours}
          hint={orders ? words.form.oursAwarded : words.form.oursHint}
          choices={OURS.map((one) => [one, words.form.oursChoices[one]] as const)}
        />
      )}
      <Text {...field('words')} label={words.form.externalWords} rows={4} />
      <FileSelect {...field('document')} complaint={complaint} label={words.form.document} needed />
    </Frame>
  );
}

// --- closing without acceptance ---

/** Closing moves whose conditions the table has checked, and that ask for nothing more. */
const Plainly = (props: FormProps) => <Frame {...props} body={{}} />;
export const CloseUnanswered = Plainly;
export const CloseAnonymous = Plainly;

export function CloseExhausted(props: FormProps) {
  const { words } = useDesk();
  const { values, field, sent, missing, unchosen } = useTyped({ ground: '', words: '' });
  // Whoever wants nothing more is told that it is closed, whatever we had promised.
  const offer = values.ground === 'complainant_says_no' ? { ...props.offer, letter: 'closing' as const } : props.offer;
  return (
    <Frame {...props} offer={offer} body={sent} missing={[...unchosen('ground'), ...missing('words')]}>
      <Routes complaint={props.complaint} />
      <Radios
        {...field('ground')}
        label={words.form.ground}
        choices={(['time_run_out', 'complainant_says_no'] as const).map((one) => [one, words.form.grounds[one]] as const)}
      />
      <Text {...field('words')} label={words.form.closeWords} rows={3} />
    </Frame>
  );
}

export function CloseUncontactable(props: FormProps) {
  const { words, format } = useDesk();
  const { field, sent, missing } = useTyped({ words: '' });
  const { attempts } = props.complaint;
  return (
    <Frame {...props} body={sent} missing={missing('words')}>
      <p>{words.form.attempts(attempts.length)}</p>
      <ul class="limits small">
        {attempts.map(({ at, medium }) => (
          <li key={at}>
            {format.moment(at)}, {words.form.media[medium]}
          </li>
        ))}
      </ul>
      <Text {...field('words')} label={words.form.closeWords} rows={3} />
    </Frame>
  );
}

// --- coming back, joined and separated ---

export const Reopen = textForm('reopenWords');

export function Merge(props: FormProps) {
  const { words } = useDesk();
  const { field, sent, missing } = useTyped({ into: '', words: '' });
  return (
    <Frame {...props} body={sent} missing={missing('into', 'words')}>
      <Text {...field('into')} label={words.form.mergeInto} class="mono" />
      <Text {...field('words')} label={words.form.mergeWords} hint={words.form.mergeWordsHint} rows={3} />
    </Frame>
  );
}

export const Unmerge = textForm('unmergeWords');
