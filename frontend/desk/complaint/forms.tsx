/** The form of each move. What is missing is found here as the server would find it; the server has the last word. */
import type { ComponentChildren, ComponentType } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { api, Problem, type MoveBody } from '../api';
import { serverNow, useDesk } from '../desk';
import { Format, plainNumber } from '../format';
import { wordsOf } from '../language';
import { isMissing, useAttempt } from '../parts/attempt';
import { ConfirmChanges, ConfirmLetter } from '../parts/confirm';
import { ErrorsContext, ErrorSummary, idOf, Radios, Select, Text, Tick, Ticks, type FieldError } from '../parts/fields';
import { CAUSES, FINDINGS, REMEDIES, type Changes, type Complaint, type Finding, type Kept, type Move, type Pack, type PauseCategory, type StaffMember } from '../shapes';
import { consequence, SEEN_FIRST } from './next';
import { remedyWords } from './points';

export interface FormProps {
  complaint: Complaint;
  offer: Complaint['moves'][number];
  onMoved: (complaint: Complaint) => void;
  onConflict: (current: Complaint) => void;
  onCancel: () => void;
}

interface FrameProps extends FormProps {
  body: MoveBody;
  /** What is still missing; asked when the form is sent. */
  missing: FieldError[];
  children?: ComponentChildren;
}

/**
 * Heading, consequence, fields, buttons; shows what changes, or asks once more before a letter leaves; keeps what was
 * written on any refusal.
 */
function Frame({ complaint, offer, body, missing, onMoved, onConflict, onCancel, children }: FrameProps) {
  const { words } = useDesk();
  const { errors, problem, busy, attempt } = useAttempt();
  const [asking, setAsking] = useState<'letter' | Changes | null>(null);
  const key = useRef(crypto.randomUUID());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { move, letter } = offer;
  const seen = SEEN_FIRST.includes(move);

  const refused = ({ status, body: { current } }: Problem): boolean => {
    // Without an answer nobody knows whether the move was made, so the next attempt carries the same key.
    if (status > 0 && status < 500) key.current = crypto.randomUUID();
    if (!current || !('reference' in current)) return false;
    onConflict(current);
    return true;
  };
  const send = () => {
    setAsking(null);
    void attempt([], async () => onMoved(await api.move(complaint, move, key.current, body)), refused);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(
      missing,
      async () => {
        if (seen) setAsking(await api.preview(complaint, move, body));
        else if (letter) setAsking('letter');
        else onMoved(await api.move(complaint, move, key.current, body));
      },
      refused,
    );
  };

  const texts = words.moves[move];
  const asked = { complaint, onSend: send, onKeep: () => setAsking(null) };
  return (
    <ErrorsContext.Provider value={errors}>
      <form class="move" onSubmit={submit} noValidate aria-labelledby="move-title">
        <ErrorSummary errors={errors} problem={problem} />
        <h2 id="move-title" ref={heading} tabIndex={-1}>
          {words.complaint.next(texts.next)}
        </h2>
        <p class="small">{consequence(offer, complaint, words)}</p>
        {children}
        <div class="buttons">
          <button type="submit" class="filled">
            {busy ? words.form.busy : seen ? words.changes.show : texts.act}
          </button>
          <button type="button" onClick={onCancel}>
            {words.form.cancel}
          </button>
        </div>
      </form>
      {asking === 'letter' && letter && <ConfirmLetter {...asked} letter={letter} />}
      {asking && asking !== 'letter' && <ConfirmChanges {...asked} move={move} changes={asking} />}
    </ErrorsContext.Provider>
  );
}

/** Shows what it holds from the moment the server asks for it, or from the beginning. */
function AskedFor({ pointer, always, children }: { pointer: string; always: boolean; children: ComponentChildren }) {
  const errors = useContext(ErrorsContext);
  const asked = useRef(always);
  asked.current ||= errors.some((error) => error.pointer === pointer);
  return <>{asked.current && children}</>;
}

type Medium = 'phone' | 'letter' | 'counter' | 'email';

function MediumField({ media, value, onValue }: { media: readonly Medium[]; value: Medium | ''; onValue: (medium: Medium) => void }) {
  const { words } = useDesk();
  return (
    <Radios
      pointer="/medium"
      label={words.form.medium}
      value={value}
      onValue={onValue}
      choices={media.map((medium) => [medium, words.form.media[medium]] as const)}
      row
    />
  );
}

function Acknowledge(props: FormProps) {
  const [medium, setMedium] = useState<Medium | ''>('');
  return (
    <Frame {...props} body={{ medium }} missing={isMissing('/medium', medium, 'choice_required')}>
      <MediumField media={['phone', 'letter', 'counter']} value={medium} onValue={setMedium} />
    </Frame>
  );
}

interface NewPoint {
  title: string;
  category: string;
  pack: string;
  value: string;
}

/** The pack that a category usually stands under; the server knows which. */
const USUAL = 'usual';
const NEW_POINT: NewPoint = { title: '', category: '', pack: USUAL, value: '' };

function Assess(props: FormProps) {
  const { words, language, lost } = useDesk();
  const { complaint } = props;
  const { assessment, points: known } = complaint;
  const again = props.offer.move === 'reassess';
  const why = again ? words.form.reassessReason : words.form.laterReason;
  const [severity, setSeverity] = useState(assessment ? String(assessment.severity) : '');
  const [safety, setSafety] = useState<'none' | 'possible' | 'actual' | ''>(assessment?.safety ?? '');
  const [complexity, setComplexity] = useState(assessment ? String(assessment.complexity) : '');
  const [impact, setImpact] = useState<'one' | 'several' | 'many' | ''>(assessment?.impact ?? '');
  const [needed, setNeeded] = useState(assessment?.action_needed ?? false);
  const [possible, setPossible] = useState(assessment?.action_possible ?? false);
  const [reason, setReason] = useState('');
  const [points, setPoints] = useState<NewPoint[]>(
    known.length
      ? known.map(({ title, category, pack, value }) => ({ title, category: String(category), pack, value: value?.replace('.', language === 'tr' ? ',' : '.') ?? '' }))
      : [NEW_POINT],
  );
  const [packs, setPacks] = useState<Pack[]>([]);
  useEffect(() => {
    // Without the list each point stands under its category's usual pack, or the one that it has.
    api.packs().then(
      (found) => setPacks(found.filter((pack) => pack.in_use)),
      (error: unknown) => void lost(error),
    );
  }, [lost]);
  const change = (index: number, part: Partial<NewPoint>) =>
    setPoints(points.map((point, at) => (at === index ? { ...point, ...part } : point)));

  const missing = [
    ...isMissing('/severity', severity, 'choice_required'),
    ...isMissing('/safety', safety, 'choice_required'),
    ...isMissing('/complexity', complexity, 'choice_required'),
    ...isMissing('/impact', impact, 'choice_required'),
    ...points.flatMap((point, index) => [
      ...isMissing(`/points/${index}/title`, point.title),
      ...isMissing(`/points/${index}/category`, point.category, 'choice_required'),
    ]),
    ...(again ? isMissing('/reason', reason) : []),
  ];
  const body = {
    severity: Number(severity),
    safety,
    complexity: Number(complexity),
    impact,
    action_needed: needed,
    action_possible: possible,
    points: points.map(({ title, category, pack, value }) => ({
      title: title.trim(),
      category: Number(category),
      pack: pack === USUAL || (packs.length > 0 && !packs.some(({ id }) => id === pack)) ? null : pack,
      value: plainNumber(value) || null,
    })),
    reason: reason.trim() || null,
  };
  const levels = (texts: string[]) => texts.map((text, index) => [String(index + 1), text] as const);
  return (
    <Frame {...props} body={body} missing={missing}>
      <div class="pair">
        <Radios pointer="/severity" label={words.form.severity} value={severity} onValue={setSeverity} choices={levels(words.form.severities)} />
        <Radios
          pointer="/complexity"
          label={words.form.complexity}
          value={complexity}
          onValue={setComplexity}
          choices={levels(words.form.complexities)}
        />
      </div>
      <div class="pair">
        <Radios
          pointer="/safety"
          label={words.form.safety}
          value={safety}
          onValue={setSafety}
          choices={(['none', 'possible', 'actual'] as const).map((choice) => [choice, words.form.safeties[choice]] as const)}
        />
        <Radios
          pointer="/impact"
          label={words.form.impact}
          value={impact}
          onValue={setImpact}
          choices={(['one', 'several', 'many'] as const).map((choice) => [choice, words.form.impacts[choice]] as const)}
        />
      </div>
      <div class="pair">
        <Tick pointer="/action_needed" label={words.form.actionNeeded} value={needed} onValue={setNeeded} />
        <Tick pointer="/action_possible" label={words.form.actionPossible} value={possible} onValue={setPossible} />
      </div>
      <fieldset class="group" id={idOf('/points')} tabIndex={-1}>
        <legend>{words.form.points}</legend>
        <p class="hint">{words.form.pointsHint}</p>
        {points.map((point, index) => (
          <fieldset class="point" key={index}>
            <legend>{words.form.point(index + 1)}</legend>
            <Text
              pointer={`/points/${index}/title`}
              label={words.form.pointWords}
              value={point.title}
              onValue={(title) => change(index, { title })}
              letter
              wide
            />
            <div class="in-row">
              <Select
                pointer={`/points/${index}/category`}
                label={words.form.pointCategory}
                value={point.category}
                onValue={(category) => change(index, { category })}
                choices={words.categories.map((text, at) => [String(at + 1), text] as const)}
              />
              <Text
                pointer={`/points/${index}/value`}
                label={words.form.pointValue}
                value={point.value}
                onValue={(value) => change(index, { value })}
                inputMode="decimal"
                class="short"
                optional
              />
            </div>
            {packs.length > 1 && (
              <Select
                pointer={`/points/${index}/pack`}
                label={words.form.pointPack}
                // A pack that is no longer in use cannot be chosen again.
                value={packs.some((pack) => pack.id === point.pack) ? point.pack : USUAL}
                onValue={(pack) => change(index, { pack })}
                choices={[[USUAL, words.form.packUsual], ...packs.map((pack) => [pack.id, `${pack.title[language]} (${pack.id})`] as const)]}
              />
            )}
            {points.length > 1 && (
              <button type="button" class="minor" onClick={() => setPoints(points.filter((_, at) => at !== index))}>
                {words.form.pointRemove(index + 1)}
              </button>
            )}
          </fieldset>
        ))}
        {points.length < 20 && (
          <button type="button" onClick={() => setPoints([...points, NEW_POINT])}>
            {words.form.pointAdd}
          </button>
        )}
      </fieldset>
      <AskedFor pointer="/reason" always={again}>
        <Text pointer="/reason" label={why} hint={words.form.laterHint} value={reason} onValue={setReason} rows={3} letter />
      </AskedFor>
    </Frame>
  );
}

function Owner(props: FormProps) {
  const { words, format, me, lost } = useDesk();
  const [staff, setStaff] = useState<StaffMember[]>([]);
  const [owner, setOwner] = useState('');
  useEffect(() => {
    // Without the list the field stays with the person who is working here.
    api.staff().then(setStaff, (error: unknown) => {
      if (!lost(error)) setStaff([{ ...me, away_until: null, open: null }]);
    });
  }, [lost, me]);
  const choices = staff
    .filter(({ id }) => id !== props.complaint.owner_id)
    .map(({ id, name, open, away_until }) => {
      const known = [name];
      if (open !== null) known.push(words.workload.opens(open));
      if (away_until) known.push(words.workload.awayUntil(format.date(away_until)));
      return [id, known.join(' · ')] as const;
    });
  return (
    <Frame {...props} body={{ owner }} missing={isMissing('/owner', owner, 'choice_required')}>
      <Select pointer="/owner" label={words.form.owner} hint={words.form.ownerHint} value={owner} onValue={setOwner} choices={choices} />
    </Frame>
  );
}

interface Found {
  number: number;
  title: string;
  finding: Finding | '';
  reasons: string;
  kind: string;
  words: string;
  amount: string;
  currency: string;
  dueOn: string;
  noRemedyReason: string;
}

const NO_REMEDY = 'none';
const CURRENCIES = ['TRY', 'GBP', 'EUR', 'USD'] as const;

function Propose(props: FormProps) {
  const { words } = useDesk();
  const { complaint } = props;
  const [points, setPoints] = useState<Found[]>(() =>
    complaint.points.map((point) => ({
      number: point.number,
      title: point.title,
      finding: point.finding ?? '',
      reasons: point.reasons ?? '',
      kind: point.remedy?.kind ?? (point.no_remedy_reason ? NO_REMEDY : ''),
      words: point.remedy?.words ?? '',
      amount: point.remedy?.amount ?? '',
      currency: point.remedy?.currency ?? (complaint.language === 'tr' ? 'TRY' : 'GBP'),
      dueOn: point.remedy?.due_on ?? '',
      noRemedyReason: point.no_remedy_reason ?? '',
    })),
  );
  const [cause, setCause] = useState<string>(complaint.cause ?? '');
  const [improvement, setImprovement] = useState(false);
  const change = (index: number, part: Partial<Found>) =>
    setPoints(points.map((point, at) => (at === index ? { ...point, ...part } : point)));

  const missing = [
    ...points.flatMap((point, index) => [
      ...isMissing(`/points/${index}/finding`, point.finding, 'choice_required'),
      ...isMissing(`/points/${index}/reasons`, point.reasons),
      ...isMissing(`/points/${index}/remedy/kind`, point.kind, 'choice_required'),
      ...(point.kind === NO_REMEDY ? isMissing(`/points/${index}/no_remedy_reason`, point.noRemedyReason) : []),
    ]),
    ...isMissing('/cause', cause, 'choice_required'),
  ];
  const body = {
    points: points.map((point) => ({
      number: point.number,
      finding: point.finding,
      reasons: point.reasons,
      remedy:
        point.kind === NO_REMEDY
          ? null
          : {
              kind: point.kind,
              words: point.words.trim() || null,
              amount: point.amount.trim() ? plainNumber(point.amount) : null,
              currency: point.amount.trim() ? point.currency : null,
              due_on: point.dueOn || null,
            },
      no_remedy_reason: point.kind === NO_REMEDY ? point.noRemedyReason : null,
    })),
    cause,
    improvement_needed: improvement,
  };
  const kinds = [
    ...REMEDIES.map((kind) => [kind as string, words.remedies[kind] ?? kind] as const),
    [NO_REMEDY, words.form.remedyNone] as const,
  ];
  return (
    <Frame {...props} body={body} missing={missing}>
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
          <Select
            pointer={`/points/${index}/remedy/kind`}
            label={words.form.remedyKind}
            value={point.kind}
            onValue={(kind) => change(index, { kind })}
            choices={kinds}
          />
          {point.kind === NO_REMEDY && (
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
          {point.kind && point.kind !== NO_REMEDY && (
            <div class="revealed">
              <Text
                pointer={`/points/${index}/remedy/words`}
                label={words.form.remedyWords}
                hint={words.form.remedyWordsHint}
                value={point.words}
                onValue={(text) => change(index, { words: text })}
                rows={2}
                letter
                optional
              />
              <div class="in-row">
                <Text
                  pointer={`/points/${index}/remedy/amount`}
                  label={words.form.amount}
                  value={point.amount}
                  onValue={(amount) => change(index, { amount })}
                  inputMode="decimal"
                  optional
                />
                <Select
                  pointer={`/points/${index}/remedy/currency`}
                  label={words.form.currency}
                  value={point.currency}
                  onValue={(currency) => change(index, { currency })}
                  choices={CURRENCIES.map((currency) => [currency as string, currency] as const)}
                />
                <Text
                  pointer={`/points/${index}/remedy/due_on`}
                  label={words.form.dueOn}
                  type="date"
                  value={point.dueOn}
                  onValue={(dueOn) => change(index, { dueOn })}
                  optional
                />
              </div>
            </div>
          )}
        </fieldset>
      ))}
      <Select
        pointer="/cause"
        label={words.form.cause}
        hint={words.form.causeHint}
        value={cause}
        onValue={setCause}
        choices={CAUSES.map((code) => [code as string, words.causes[code] ?? code] as const)}
      />
      <Tick pointer="/improvement_needed" label={words.form.improvement} value={improvement} onValue={setImprovement} />
    </Frame>
  );
}

/** The moves that ask for one text. */
function textForm(label: 'returnWords' | 'verifyWords' | 'reopenWords' | 'updateWords', hint?: 'returnHint' | 'updateHint', letter = false) {
  return function TextForm(props: FormProps) {
    const { words } = useDesk();
    const [text, setText] = useState('');
    return (
      <Frame {...props} body={{ words: text }} missing={isMissing('/words', text)}>
        <Text
          pointer="/words"
          label={words.form[label]}
          hint={hint && words.form[hint]}
          value={text}
          onValue={setText}
          rows={letter ? 6 : 4}
          letter={letter}
        />
      </Frame>
    );
  };
}

/** Approving shows, in the complainant's language, what the letter will say. A late answer says why it is late. */
function Approve(props: FormProps) {
  const { words, me } = useDesk();
  const { complaint } = props;
  const theirs = wordsOf(complaint.language);
  const format = new Format(complaint.language, me.time_zone, theirs);
  const [why, setWhy] = useState('');
  const late = runningAnswers(complaint).some(({ due }) => Date.parse(due) < serverNow().getTime());
  return (
    <Frame
      {...props}
      body={{ late_reason: why.trim() || null }}
      missing={late ? isMissing('/late_reason', why) : []}
    >
      <AskedFor pointer="/late_reason" always={late}>
        <Text pointer="/late_reason" label={words.form.lateReason} hint={words.form.reasonsHint} value={why} onValue={setWhy} rows={3} letter />
      </AskedFor>
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
              {point.remedy?.due_on && `, ${theirs.complaint.remedyDue(format.date(point.remedy.due_on))}`}
            </p>
          </div>
        ))}
      </div>
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

function Extend(props: FormProps) {
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

function Pause(props: FormProps) {
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

function Resume(props: FormProps) {
  const which = useWhich(pausedAnswers(props.complaint));
  return (
    <Frame {...props} body={{ points: which.points }} missing={which.missing}>
      {which.field}
    </Frame>
  );
}

function Accept(props: FormProps) {
  const [medium, setMedium] = useState<Medium | ''>('');
  return (
    <Frame {...props} body={{ medium }} missing={isMissing('/medium', medium, 'choice_required')}>
      <MediumField media={['phone', 'letter', 'counter', 'email']} value={medium} onValue={setMedium} />
    </Frame>
  );
}

function Dispute(props: FormProps) {
  const { words } = useDesk();
  const [medium, setMedium] = useState<Medium | ''>('');
  const [text, setText] = useState('');
  const missing = [...isMissing('/medium', medium, 'choice_required'), ...isMissing('/words', text)];
  return (
    <Frame {...props} body={{ medium, words: text }} missing={missing}>
      <MediumField media={['phone', 'letter', 'counter', 'email']} value={medium} onValue={setMedium} />
      <Text pointer="/words" label={words.form.disputeWords} value={text} onValue={setText} rows={4} letter />
    </Frame>
  );
}

export const FORMS: Record<Move, ComponentType<FormProps>> = {
  acknowledge: Acknowledge,
  assess: Assess,
  reassess: Assess,
  investigate: Owner,
  assign: Owner,
  update: textForm('updateWords', 'updateHint', true),
  extend: Extend,
  pause: Pause,
  resume: Resume,
  propose: Propose,
  return: textForm('returnWords', 'returnHint'),
  approve: Approve,
  accept: Accept,
  dispute: Dispute,
  verify: textForm('verifyWords'),
  reopen: textForm('reopenWords'),
};
