/** The form of each move. What is missing is found here as the server would find it; the server has the last word. */
import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { useDesk } from '../desk';
import { wordsOf } from '../language';
import { ConfirmLetter } from '../parts/confirm';
import { ErrorsContext, ErrorSummary, idOf, Radios, Select, Text, Tick, type FieldError } from '../parts/fields';
import { CAUSES, FINDINGS, REMEDIES, type Complaint, type Finding, type Move, type StaffMember } from '../shapes';
import { Format } from '../format';
import { consequence } from './next';
import { remedyWords } from './points';

export interface FormProps {
  complaint: Complaint;
  offer: Complaint['moves'][number];
  onMoved: (complaint: Complaint) => void;
  onConflict: (current: Complaint) => void;
  onCancel: () => void;
}

interface FrameProps extends FormProps {
  body: unknown;
  /** What is still missing; asked when the form is sent. */
  missing: FieldError[];
  labelOf: (pointer: string) => string | undefined;
  children?: ComponentChildren;
}

const isMissing = (pointer: string, value: unknown, code = 'required'): FieldError[] =>
  value === '' || (typeof value === 'string' && !value.trim()) ? [{ pointer, code }] : [];

/** Heading, consequence, fields, buttons; asks once more before a letter leaves; keeps what was written on any refusal. */
function Frame({ complaint, offer, body, missing, labelOf, onMoved, onConflict, onCancel, children }: FrameProps) {
  const { words, lost } = useDesk();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const send = async () => {
    setAsking(false);
    setBusy(true);
    try {
      onMoved(await api.move(complaint, offer.move, key.current, body));
    } catch (error) {
      setBusy(false);
      if (lost(error)) return;
      const refused = error instanceof Problem ? error : new Problem(0, {});
      // Without an answer nobody knows whether the move was made, so the next attempt carries the same key.
      if (refused.status > 0 && refused.status < 500) key.current = crypto.randomUUID();
      if (refused.body.current) onConflict(refused.body.current);
      else {
        setErrors(refused.body.errors ?? []);
        setProblem(refused);
      }
    }
  };

  const submit = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setProblem(null);
    setErrors(missing);
    if (missing.length) return;
    if (offer.letter) setAsking(true);
    else void send();
  };

  const texts = words.moves[offer.move];
  return (
    <ErrorsContext.Provider value={errors}>
      <form class="move" onSubmit={submit} noValidate aria-labelledby="move-title">
        <ErrorSummary errors={errors} problem={problem} labelOf={labelOf} />
        <h2 id="move-title" ref={heading} tabIndex={-1}>
          {words.complaint.next(texts.next)}
        </h2>
        <p class="small">{consequence(offer, complaint, words)}</p>
        {children}
        <div class="buttons">
          <button type="submit" class="filled">
            {busy ? words.form.busy : texts.act}
          </button>
          <button type="button" onClick={onCancel}>
            {words.form.cancel}
          </button>
        </div>
      </form>
      {asking && offer.letter && (
        <ConfirmLetter complaint={complaint} letter={offer.letter} onSend={() => void send()} onKeep={() => setAsking(false)} />
      )}
    </ErrorsContext.Provider>
  );
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
  const { words } = useDesk();
  const [medium, setMedium] = useState<Medium | ''>('');
  return (
    <Frame {...props} body={{ medium }} missing={isMissing('/medium', medium, 'choice_required')} labelOf={() => words.form.medium}>
      <MediumField media={['phone', 'letter', 'counter']} value={medium} onValue={setMedium} />
    </Frame>
  );
}

interface NewPoint {
  title: string;
  category: string;
}

function Assess(props: FormProps) {
  const { words } = useDesk();
  const { assessment, points: known } = props.complaint;
  const [severity, setSeverity] = useState(assessment ? String(assessment.severity) : '');
  const [safety, setSafety] = useState<'none' | 'possible' | 'actual' | ''>(assessment?.safety ?? '');
  const [complexity, setComplexity] = useState(assessment ? String(assessment.complexity) : '');
  const [impact, setImpact] = useState<'one' | 'several' | 'many' | ''>(assessment?.impact ?? '');
  const [needed, setNeeded] = useState(assessment?.action_needed ?? false);
  const [possible, setPossible] = useState(assessment?.action_possible ?? false);
  const [reason, setReason] = useState('');
  const [points, setPoints] = useState<NewPoint[]>(
    known.length ? known.map(({ title, category }) => ({ title, category: String(category) })) : [{ title: '', category: '' }],
  );
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
    ...(assessment ? isMissing('/reason', reason) : []),
  ];
  const labelOf = (pointer: string) => {
    const point = /^\/points\/(\d+)(.*)/.exec(pointer);
    if (point) {
      const name = words.form.point(Number(point[1]) + 1);
      const label = { '/title': words.form.pointWords, '/category': words.form.pointCategory }[point[2] ?? ''];
      return label ? `${name}, ${label}` : name;
    }
    const labels: Record<string, string> = {
      '/severity': words.form.severity,
      '/safety': words.form.safety,
      '/complexity': words.form.complexity,
      '/impact': words.form.impact,
      '/reason': words.form.reassessReason,
      '/points': words.form.points,
    };
    return labels[pointer];
  };
  const body = {
    severity: Number(severity),
    safety,
    complexity: Number(complexity),
    impact,
    action_needed: needed,
    action_possible: possible,
    points: points.map(({ title, category }) => ({ title: title.trim(), category: Number(category) })),
    reason: reason.trim() || null,
  };
  const levels = (texts: string[]) => texts.map((text, index) => [String(index + 1), text] as const);
  return (
    <Frame {...props} body={body} missing={missing} labelOf={labelOf}>
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
            <Select
              pointer={`/points/${index}/category`}
              label={words.form.pointCategory}
              value={point.category}
              onValue={(category) => change(index, { category })}
              choices={words.categories.map((text, at) => [String(at + 1), text] as const)}
            />
            {points.length > 1 && (
              <button type="button" class="minor" onClick={() => setPoints(points.filter((_, at) => at !== index))}>
                {words.form.pointRemove(index + 1)}
              </button>
            )}
          </fieldset>
        ))}
        {points.length < 20 && (
          <button type="button" onClick={() => setPoints([...points, { title: '', category: '' }])}>
            {words.form.pointAdd}
          </button>
        )}
      </fieldset>
      {assessment && <Text pointer="/reason" label={words.form.reassessReason} value={reason} onValue={setReason} rows={3} />}
    </Frame>
  );
}

function Owner(props: FormProps) {
  const { words, me, lost } = useDesk();
  const [staff, setStaff] = useState<StaffMember[]>([]);
  const [owner, setOwner] = useState('');
  useEffect(() => {
    // Without the list the field stays with the person who is working here.
    api.staff().then(setStaff, (error: unknown) => {
      if (!lost(error)) setStaff([{ id: me.id, name: me.name }]);
    });
  }, [lost, me.id, me.name]);
  const choices = staff.filter(({ id }) => id !== props.complaint.owner_id).map(({ id, name }) => [id, name] as const);
  return (
    <Frame {...props} body={{ owner }} missing={isMissing('/owner', owner, 'choice_required')} labelOf={() => words.form.owner}>
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

/** A number as people write it, in either convention, as the server reads it: 1.250,50 and 1,250.50 are 1250.50. */
export function plainNumber(written: string): string {
  const text = written.replace(/\s/g, '');
  const cents = /^(.+)[.,](\d{1,2})$/.exec(text);
  const digits = (part: string) => part.replace(/[.,]/g, '');
  return cents ? `${digits(cents[1] ?? '')}.${cents[2] ?? ''}` : digits(text);
}

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
  const labelOf = (pointer: string) => {
    const at = /^\/points\/(\d+)(.*)/.exec(pointer);
    if (at) {
      const labels: Record<string, string> = {
        '/finding': words.form.finding,
        '/reasons': words.form.reasons,
        '/remedy/kind': words.form.remedyKind,
        '/remedy/words': words.form.remedyWords,
        '/remedy/amount': words.form.amount,
        '/remedy/currency': words.form.currency,
        '/remedy/due_on': words.form.dueOn,
        '/no_remedy_reason': words.form.noRemedyReason,
      };
      const label = labels[at[2] ?? ''];
      const point = words.form.point(Number(at[1]) + 1);
      return label ? `${point}, ${label}` : point;
    }
    return pointer === '/cause' ? words.form.cause : undefined;
  };
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
    <Frame {...props} body={body} missing={missing} labelOf={labelOf}>
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
function textForm(label: 'returnWords' | 'verifyWords' | 'reopenWords', hint?: 'returnHint') {
  return function TextForm(props: FormProps) {
    const { words } = useDesk();
    const [text, setText] = useState('');
    return (
      <Frame {...props} body={{ words: text }} missing={isMissing('/words', text)} labelOf={() => words.form[label]}>
        <Text pointer="/words" label={words.form[label]} hint={hint && words.form[hint]} value={text} onValue={setText} rows={4} />
      </Frame>
    );
  };
}

/** Approving shows, in the complainant's language, what the letter will say. */
function Approve(props: FormProps) {
  const { words, me } = useDesk();
  const { complaint } = props;
  const theirs = wordsOf(complaint.language);
  const format = new Format(complaint.language, me.time_zone, theirs);
  return (
    <Frame {...props} body={{}} missing={[]} labelOf={() => undefined}>
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

function Accept(props: FormProps) {
  const { words } = useDesk();
  const [medium, setMedium] = useState<Medium | ''>('');
  return (
    <Frame {...props} body={{ medium }} missing={isMissing('/medium', medium, 'choice_required')} labelOf={() => words.form.medium}>
      <MediumField media={['phone', 'letter', 'counter', 'email']} value={medium} onValue={setMedium} />
    </Frame>
  );
}

function Dispute(props: FormProps) {
  const { words } = useDesk();
  const [medium, setMedium] = useState<Medium | ''>('');
  const [text, setText] = useState('');
  const missing = [...isMissing('/medium', medium, 'choice_required'), ...isMissing('/words', text)];
  const labelOf = (pointer: string) => (pointer === '/medium' ? words.form.medium : words.form.disputeWords);
  return (
    <Frame {...props} body={{ medium, words: text }} missing={missing} labelOf={labelOf}>
      <MediumField media={['phone', 'letter', 'counter', 'email']} value={medium} onValue={setMedium} />
      <Text pointer="/words" label={words.form.disputeWords} value={text} onValue={setText} rows={4} letter />
    </Frame>
  );
}

export const FORMS: Record<Move, ComponentType<FormProps>> = {
  acknowledge: Acknowledge,
  assess: Assess,
  investigate: Owner,
  assign: Owner,
  propose: Propose,
  return: textForm('returnWords', 'returnHint'),
  approve: Approve,
  accept: Accept,
  dispute: Dispute,
  verify: textForm('verifyWords'),
  reopen: textForm('reopenWords'),
};
