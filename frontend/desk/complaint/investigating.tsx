/** 7.6: taken up, looked into, asked for; and the dates that hang on it. */
import { useDesk } from '../desk';
import { isMissing } from '../parts/attempt';
import { Radios, Text, Ticks } from '../parts/fields';
import { useKept } from '../parts/kept';
import { useTyped } from '../parts/typed';
import { DATA, mayWrite, type Complaint, type Datum, type Kept } from '../shapes';
import { barredFrom, FileSelect, Frame, PersonSelect, textForm, type FormProps, type PersonProps } from './frame';

/** Investigate and investigate at once: who has it in hand from now on. */
export function Owner(props: FormProps) {
  const { field, sent, unchosen } = useTyped({ owner: '' });
  return (
    <Frame {...props} body={sent} missing={unchosen('owner')}>
      <OwnerField {...props} {...field('owner')} />
    </Frame>
  );
}

export function Assign(props: FormProps) {
  const { words } = useDesk();
  const { field, sent, unchosen } = useTyped({ owner: '', reason: '' });
  return (
    <Frame {...props} body={sent} missing={unchosen('owner')}>
      <OwnerField {...props} {...field('owner')} />
      <Text {...field('reason')} label={words.form.assignReason} hint={words.form.assignHint} rows={2} optional />
    </Frame>
  );
}

function OwnerField({ complaint, ...field }: FormProps & Pick<PersonProps, 'pointer' | 'value' | 'onValue'>) {
  const { words } = useDesk();
  const barred = barredFrom(complaint);
  const { pointer, value, onValue } = field;
  return (
    <PersonSelect
      {...{ pointer, value, onValue }}
      label={words.form.owner}
      hint={complaint.stage === 2 ? words.form.ownerReviewHint : words.form.ownerHint}
      without={(sub, colleague) => sub === complaint.owner_id || barred(sub) || !mayWrite(colleague)}
    />
  );
}

export function Ask(props: FormProps) {
  const { words } = useDesk();
  const { known } = props.complaint;
  const { values, field, sent, missing, unchosen } = useTyped({ of: '', words: '', reply_by: '', again_reason: '' });
  const [data, setData] = useKept<Datum[]>('data', []);
  const third = values.of === 'third_party';
  const onFile = values.of === 'complainant' ? known : [];
  const again = data.some((one) => onFile.includes(one));
  return (
    <Frame
      {...props}
      body={{ ...sent, data, again_reason: again ? sent.again_reason : null }}
      missing={[
        ...unchosen('of'),
        ...(data.length ? [] : [{ pointer: '/data', code: 'choice_required' }]),
        ...(again ? isMissing('/again_reason', values.again_reason, 'on_file') : []),
        ...missing('words', 'reply_by'),
      ]}
    >
      <Radios
        {...field('of')}
        label={words.form.askOf}
        choices={(['complainant', 'third_party'] as const).map((one) => [one, words.form.askOfs[one]] as const)}
        row
      />
      <Ticks
        pointer="/data"
        label={words.form.askData}
        value={data}
        onValue={setData}
        choices={DATA.map((one) => [one, onFile.includes(one) ? words.form.onFile(words.form.data[one]) : words.form.data[one]] as const)}
        row="grid"
      />
      {again && (
        <div class="revealed">
          <Text {...field('again_reason')} label={words.form.againReason} hint={words.form.againReasonHint} rows={2} />
        </div>
      )}
      <Text
        {...field('words')}
        label={third ? words.form.askWordsThird : words.form.askWords}
        hint={third ? words.form.pauseReasonHint : words.form.updateHint}
        rows={4}
        letter={!third}
      />
      <Text {...field('reply_by')} label={words.form.replyBy} type="date" />
    </Frame>
  );
}

export function RecordReply(props: FormProps) {
  const { words } = useDesk();
  const { field, sent } = useTyped({ words: '' });
  return (
    <Frame {...props} body={sent}>
      <Text {...field('words')} label={words.form.replyWords} hint={words.form.replyHint} rows={3} optional />
    </Frame>
  );
}

export const Plan = textForm('planWords', 'planHint');
export const RecordAction = textForm('actionWords');
export const Update = textForm('updateWords', 'updateHint', true);

const EVIDENCE = ['document', 'statement', 'inspection', 'record', 'other'] as const;

export function RecordEvidence(props: FormProps) {
  const { words } = useDesk();
  const { field, sent, missing, unchosen } = useTyped({ kind: '', words: '', file: '' });
  return (
    <Frame {...props} body={sent} missing={[...unchosen('kind'), ...missing('words')]}>
      <Radios {...field('kind')} label={words.form.evidenceKind} choices={EVIDENCE.map((one) => [one, words.form.evidenceKinds[one]] as const)} row />
      <Text {...field('words')} label={words.form.evidenceWords} rows={4} />
      <FileSelect {...field('file')} complaint={props.complaint} label={words.form.file} />
    </Frame>
  );
}

export function AskColleague(props: FormProps) {
  const { words, me } = useDesk();
  const { field, sent, missing, unchosen } = useTyped({ whom: '', words: '', due_on: '' });
  const barred = barredFrom(props.complaint);
  return (
    <Frame {...props} body={sent} missing={[...unchosen('whom'), ...missing('words', 'due_on')]}>
      <PersonSelect
        {...field('whom')}
        label={words.form.whom}
        hint={words.form.whomHint}
        without={(sub, colleague) => sub === me.id || barred(sub) || !mayWrite(colleague)}
      />
      <Text {...field('words')} label={words.form.askColleagueWords} rows={3} />
      <Text {...field('due_on')} label={words.form.dueBy} type="date" />
    </Frame>
  );
}

export function PromiseDate(props: FormProps) {
  const { words } = useDesk();
  const { field, sent, missing } = useTyped({ words: '', due_on: '' });
  return (
    <Frame {...props} body={sent} missing={missing('words', 'due_on')}>
      <Text {...field('words')} label={words.form.promiseWords} rows={2} />
      <Text {...field('due_on')} label={words.form.dueBy} type="date" />
    </Frame>
  );
}

export function LinkSystemic(props: FormProps) {
  const { words } = useDesk();
  const { field, sent, missing } = useTyped({ case: '', words: '' });
  return (
    <Frame {...props} body={sent} missing={missing('case')}>
      <Text {...field('case')} label={words.form.systemicCase} class="mono" />
      <Text {...field('words')} label={words.form.systemicWords} rows={2} optional />
    </Frame>
  );
}

const answers = (complaint: Complaint): Kept[] => complaint.promises.filter(({ promise, point, kept_at }) => promise === 'answer' && point && !kept_at);
const runningAnswers = (complaint: Complaint): Kept[] => answers(complaint).filter(({ paused_since }) => !paused_since);
const pausedAnswers = (complaint: Complaint): Kept[] => answers(complaint).filter(({ paused_since }) => paused_since);

/** Which of these answers is meant. Where there is only one, nobody is asked. */
function useWhich(among: Kept[]) {
  const { words, format } = useDesk();
  const all = among.map(({ point }) => String(point));
  const [chosen, setChosen] = useKept('points', all);
  const several = all.length > 1;
  return {
    points: chosen.map(Number),
    missing: chosen.length ? [] : [{ pointer: '/points', code: 'choice_required' }],
    field: several && (
      <Ticks
        pointer="/points"
        label={words.form.whichPoints}
        value={chosen}
        onValue={setChosen}
        choices={among.map(({ point, due_on }) => [String(point), `${words.form.point(point ?? 0)}, ${words.complaint.dueOn(format.date(due_on))}`] as const)}
      />
    ),
  };
}

export function Extend(props: FormProps) {
  const { words } = useDesk();
  const which = useWhich(runningAnswers(props.complaint));
  const { field, sent, missing } = useTyped({ until: '', reason: '' });
  return (
    <Frame {...props} body={{ ...sent, points: which.points }} missing={[...which.missing, ...missing('reason')]}>
      {which.field}
      <Text {...field('until')} label={words.form.until} hint={words.form.untilHint} type="date" optional />
      <Text {...field('reason')} label={words.form.extendReason} hint={words.form.extendHint} rows={4} letter />
    </Frame>
  );
}

const PAUSES = ['waiting_for_complainant', 'waiting_for_third_party', 'before_court'] as const;

export function Pause(props: FormProps) {
  const { words, format } = useDesk();
  const which = useWhich(runningAnswers(props.complaint));
  const { values, field, missing, unchosen } = useTyped({ category: '', since: '', since_time: '', reason: '' });
  const { category, since, since_time, reason } = values;
  return (
    <Frame
      {...props}
      body={{ points: which.points, category, since: since ? format.fromWallClock(since, since_time) : null, reason }}
      missing={[
        ...which.missing,
        ...unchosen('category'),
        ...(since_time ? missing('since') : since ? missing('since_time') : []),
        ...missing('reason'),
      ]}
    >
      {which.field}
      <Radios {...field('category')} label={words.form.pauseCategory} choices={PAUSES.map((choice) => [choice, words.pauses[choice]] as const)} />
      <div class="in-row">
        <Text {...field('since')} label={words.form.pauseDay} hint={words.form.pauseSinceHint} type="date" optional />
        <Text {...field('since_time')} label={words.form.pauseTime} type="time" optional />
      </div>
      <Text {...field('reason')} label={words.form.pauseReason} hint={words.form.pauseReasonHint} rows={3} />
    </Frame>
  );
}

export function Resume(props: FormProps) {
  const which = useWhich(pausedAnswers(props.complaint));
  return (
    <Frame {...props} body={{ points: which.points }} missing={which.missing}>
      {which.field}
    </Frame>
  );
}

