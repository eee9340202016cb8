/** 7.6: taken up, looked into, asked for; and the dates that hang on it. */
import { useState } from 'preact/hooks';
import { useDesk } from '../desk';
import { isMissing } from '../parts/attempt';
import { Radios, Text, Ticks } from '../parts/fields';
import { DATA, mayWrite, type Complaint, type Datum, type Kept, type PauseCategory } from '../shapes';
import { barredFrom, FileSelect, Frame, orNull, PersonSelect, textForm, type FormProps } from './frame';

/** Investigate and investigate at once: who has it in hand from now on. */
export function Owner(props: FormProps) {
  const [owner, setOwner] = useState('');
  return (
    <Frame {...props} body={{ owner }} missing={isMissing('/owner', owner, 'choice_required')}>
      <OwnerField {...props} value={owner} onValue={setOwner} />
    </Frame>
  );
}

export function Assign(props: FormProps) {
  const { words } = useDesk();
  const [owner, setOwner] = useState('');
  const [reason, setReason] = useState('');
  return (
    <Frame {...props} body={{ owner, reason: orNull(reason) }} missing={isMissing('/owner', owner, 'choice_required')}>
      <OwnerField {...props} value={owner} onValue={setOwner} />
      <Text pointer="/reason" label={words.form.assignReason} hint={words.form.assignHint} value={reason} onValue={setReason} rows={2} optional />
    </Frame>
  );
}

function OwnerField({ complaint, value, onValue }: FormProps & { value: string; onValue: (sub: string) => void }) {
  const { words } = useDesk();
  const barred = barredFrom(complaint);
  return (
    <PersonSelect
      pointer="/owner"
      label={words.form.owner}
      hint={complaint.stage === 2 ? words.form.ownerReviewHint : words.form.ownerHint}
      value={value}
      onValue={onValue}
      without={(sub, colleague) => sub === complaint.owner_id || barred(sub) || !mayWrite(colleague)}
    />
  );
}

export function Ask(props: FormProps) {
  const { words } = useDesk();
  const { known } = props.complaint;
  const [of, setOf] = useState<'complainant' | 'third_party' | ''>('');
  const [data, setData] = useState<Datum[]>([]);
  const [text, setText] = useState('');
  const [replyBy, setReplyBy] = useState('');
  const [why, setWhy] = useState('');
  const onFile = of === 'complainant' ? known : [];
  const again = data.some((one) => onFile.includes(one));
  return (
    <Frame
      {...props}
      body={{ of, data, words: text, reply_by: replyBy, again_reason: again ? orNull(why) : null }}
      missing={[
        ...isMissing('/of', of, 'choice_required'),
        ...(data.length ? [] : [{ pointer: '/data', code: 'choice_required' }]),
        ...(again && !why.trim() ? [{ pointer: '/again_reason', code: 'on_file' }] : []),
        ...isMissing('/words', text),
        ...isMissing('/reply_by', replyBy),
      ]}
    >
      <Radios
        pointer="/of"
        label={words.form.askOf}
        value={of}
        onValue={setOf}
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
          <Text pointer="/again_reason" label={words.form.againReason} hint={words.form.againReasonHint} value={why} onValue={setWhy} rows={2} />
        </div>
      )}
      <Text
        pointer="/words"
        label={of === 'third_party' ? words.form.askWordsThird : words.form.askWords}
        hint={of === 'third_party' ? words.form.pauseReasonHint : words.form.updateHint}
        value={text}
        onValue={setText}
        rows={4}
        letter={of !== 'third_party'}
      />
      <Text pointer="/reply_by" label={words.form.replyBy} type="date" value={replyBy} onValue={setReplyBy} />
    </Frame>
  );
}

export function RecordReply(props: FormProps) {
  const { words } = useDesk();
  const [text, setText] = useState('');
  return (
    <Frame {...props} body={{ words: orNull(text) }}>
      <Text pointer="/words" label={words.form.replyWords} hint={words.form.replyHint} value={text} onValue={setText} rows={3} optional />
    </Frame>
  );
}

export const Plan = textForm('planWords', 'planHint');
export const RecordAction = textForm('actionWords');
export const Update = textForm('updateWords', 'updateHint', true);

const EVIDENCE = ['document', 'statement', 'inspection', 'record', 'other'] as const;

export function RecordEvidence(props: FormProps) {
  const { words } = useDesk();
  const [kind, setKind] = useState<(typeof EVIDENCE)[number] | ''>('');
  const [text, setText] = useState('');
  const [file, setFile] = useState('');
  return (
    <Frame
      {...props}
      body={{ kind, words: text, file: file || null }}
      missing={[...isMissing('/kind', kind, 'choice_required'), ...isMissing('/words', text)]}
    >
      <Radios
        pointer="/kind"
        label={words.form.evidenceKind}
        value={kind}
        onValue={setKind}
        choices={EVIDENCE.map((one) => [one, words.form.evidenceKinds[one]] as const)}
        row
      />
      <Text pointer="/words" label={words.form.evidenceWords} value={text} onValue={setText} rows={4} />
      <FileSelect complaint={props.complaint} pointer="/file" label={words.form.file} value={file} onValue={setFile} />
    </Frame>
  );
}

export function AskColleague(props: FormProps) {
  const { words, me } = useDesk();
  const [whom, setWhom] = useState('');
  const [text, setText] = useState('');
  const [day, setDay] = useState('');
  const barred = barredFrom(props.complaint);
  return (
    <Frame
      {...props}
      body={{ whom, words: text, due_on: day }}
      missing={[...isMissing('/whom', whom, 'choice_required'), ...isMissing('/words', text), ...isMissing('/due_on', day)]}
    >
      <PersonSelect
        pointer="/whom"
        label={words.form.whom}
        hint={words.form.whomHint}
        value={whom}
        onValue={setWhom}
        without={(sub, colleague) => sub === me.id || barred(sub) || !mayWrite(colleague)}
      />
      <Text pointer="/words" label={words.form.askColleagueWords} value={text} onValue={setText} rows={3} />
      <Text pointer="/due_on" label={words.form.dueBy} type="date" value={day} onValue={setDay} />
    </Frame>
  );
}

export function PromiseDate(props: FormProps) {
  const { words } = useDesk();
  const [text, setText] = useState('');
  const [day, setDay] = useState('');
  return (
    <Frame {...props} body={{ words: text, due_on: day }} missing={[...isMissing('/words', text), ...isMissing('/due_on', day)]}>
      <Text pointer="/words" label={words.form.promiseWords} value={text} onValue={setText} rows={2} />
      <Text pointer="/due_on" label={words.form.dueBy} type="date" value={day} onValue={setDay} />
    </Frame>
  );
}

export function LinkSystemic(props: FormProps) {
  const { words } = useDesk();
  const [number, setNumber] = useState('');
  const [text, setText] = useState('');
  return (
    <Frame {...props} body={{ case: number.trim(), words: orNull(text) }} missing={isMissing('/case', number)}>
      <Text pointer="/case" label={words.form.systemicCase} value={number} onValue={setNumber} class="mono" />
      <Text pointer="/words" label={words.form.systemicWords} value={text} onValue={setText} rows={2} optional />
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
  const [chosen, setChosen] = useState(all);
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
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  return (
    <Frame
      {...props}
      body={{ points: which.points, until: until || null, reason }}
      missing={[...which.missing, ...isMissing('/reason', reason)]}
    >
      {which.field}
      <Text pointer="/until" label={words.form.until} hint={words.form.untilHint} type="date" value={until} onValue={setUntil} optional />
      <Text pointer="/reason" label={words.form.extendReason} hint={words.form.extendHint} value={reason} onValue={setReason} rows={4} letter />
    </Frame>
  );
}

const PAUSES = ['waiting_for_complainant', 'waiting_for_third_party', 'before_court'] as const;

export function Pause(props: FormProps) {
  const { words, format } = useDesk();
  const which = useWhich(runningAnswers(props.complaint));
  const [category, setCategory] = useState<PauseCategory | ''>('');
  const [day, setDay] = useState('');
  const [time, setTime] = useState('');
  const [reason, setReason] = useState('');
  return (
    <Frame
      {...props}
      body={{ points: which.points, category, since: day ? format.fromWallClock(day, time) : null, reason }}
      missing={[
        ...which.missing,
        ...isMissing('/category', category, 'choice_required'),
        ...(time ? isMissing('/since', day) : day ? isMissing('/since_time', time) : []),
        ...isMissing('/reason', reason),
      ]}
    >
      {which.field}
      <Radios
        pointer="/category"
        label={words.form.pauseCategory}
        value={category}
        onValue={setCategory}
        choices={PAUSES.map((choice) => [choice, words.pauses[choice]] as const)}
      />
      <div class="in-row">
        <Text pointer="/since" label={words.form.pauseDay} hint={words.form.pauseSinceHint} type="date" value={day} onValue={setDay} optional />
        <Text pointer="/since_time" label={words.form.pauseTime} type="time" value={time} onValue={setTime} optional />
      </div>
      <Text pointer="/reason" label={words.form.pauseReason} hint={words.form.pauseReasonHint} value={reason} onValue={setReason} rows={3} />
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

