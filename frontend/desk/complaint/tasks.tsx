/** What a person must do that no move covers, each with its day, who does it, and a small form of its own. */
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { serverNow, useDesk } from '../desk';
import { whole } from '../format';
import { isMissing, useAttempt } from '../parts/attempt';
import { ErrorsContext, ErrorSummary, Radios, Text, type FieldError } from '../parts/fields';
import { Icon } from '../parts/icons';
import { DrawerContext, forget, isKept, useKept } from '../parts/kept';
import { orNull } from '../parts/typed';
import { mayWrite, type Complaint, type Me, type Medium, type Task } from '../shapes';
import type { Words } from '../words/en';

interface Props {
  complaint: Complaint;
  onDone: (complaint: Complaint) => void;
}

export function Tasks({ complaint, onDone }: Props) {
  const { words, me } = useDesk();
  const [begun] = useState(() => beginnings(complaint).find((one) => isKept(drawerOf(complaint, one))) ?? null);
  const [open, setOpen] = useState(begun);
  const place = useRef<HTMLElement>(null);
  const returnTo = useRef<string | null>(null);
  // Whoever puts a small form away goes on where they were; what is done goes on with the list, or with the next move.
  useEffect(() => {
    if (open || !returnTo.current) return;
    const goal = place.current?.querySelector<HTMLElement>(returnTo.current) ?? document.getElementById('next-title');
    goal?.focus();
    returnTo.current = null;
  }, [open]);
  if (!complaint.tasks.length) return null;
  const putAway = (to: string) => {
    returnTo.current = to;
    if (open) forget(drawerOf(complaint, open));
    setOpen(null);
  };
  return (
    <section aria-labelledby="tasks-title" class="tasks" ref={place}>
      <h2 id="tasks-title" tabIndex={-1}>{words.complaint.tasks.title}</h2>
      <ul>
        {complaint.tasks.map((task) => (
          <li key={task.id}>
            <About task={task} complaint={complaint} />
            {mayFinish(task, me) &&
              (open?.task === task.id ? (
                <DrawerContext.Provider value={{ name: drawerOf(complaint, open), restored: open === begun }}>
                  <ActForm
                    key={open.act}
                    {...{ task, complaint }}
                    act={open.act}
                    onCancel={() => putAway(`[data-task="${task.id} ${open.act}"]`)}
                    onDone={(found) => {
                      putAway('#tasks-title');
                      onDone(found);
                    }}
                  />
                </DrawerContext.Provider>
              ) : (
                <p class="buttons">
                  {ACTS[task.kind].map((act) => (
                    <button type="button" key={act} data-task={`${task.id} ${act}`} onClick={() => setOpen({ task: task.id, act })}>
                      {actWords(act, task, words)}
                    </button>
                  ))}
                </p>
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

// A contribution is written by whom it was asked of, or noted by a lead; what became of a risk to safety, by a lead.
const SAYS_WHAT: readonly Task['kind'][] = ['contribution', 'safety'];

const mayFinish = (task: Task, me: Me): boolean =>
  mayWrite(me) && !task.done_by && (!SAYS_WHAT.includes(task.kind) || task.whom === me.id || me.roles.includes('lead'));

const FORMATS = ['large_print', 'braille', 'audio', 'interpreter', 'call'] as const;

function titleOf(task: Task, complaint: Complaint, words: Words): string {
  const texts = words.complaint.tasks;
  const point = task.point === null ? '' : words.points([task.point]);
  const remedy = complaint.points.find(({ number }) => number === task.point)?.remedy;
  switch (task.kind) {
    case 'remedy':
      return `${texts.remedy(point)}${remedy ? `: ${words.remedies[remedy.kind] ?? remedy.kind}` : ''}`;
    case 'duty': {
      // Duties of one point stand in the same order as their clocks.
      const alike = <T extends { point: number | null; due_on: string | null }>(one: T) => one.point === task.point && one.due_on === task.due_on;
      const clocks = complaint.promises.filter((one) => one.promise === 'duty' && !one.kept_at && alike(one));
      const clock = clocks[complaint.tasks.filter((one) => one.kind === 'duty' && alike(one)).indexOf(task)];
      return [clock?.duty?.[words.code] ?? texts.duty, complaint.points.length > 1 ? point : ''].filter(Boolean).join(', ');
    }
    case 'format': {
      const format = FORMATS.find((one) => task.id === `format-${one}`);
      return format ? `${texts.format}: ${words.complaint.formatNames[format]}` : texts.format;
    }
    default:
      return texts[task.kind];
  }
}

function About({ task, complaint }: { task: Task; complaint: Complaint }) {
  const { words, format } = useDesk();
  const texts = words.complaint.tasks;
  const today = format.isoDay(serverNow());
  const late = task.due_on !== null && task.due_on < today && !task.done_by;
  const letter = task.letter ? words.letters[task.letter] : '';
  const { complainant } = complaint;
  const phone = (complainant.contact === 'representative' && complainant.representative?.phone) || complainant.phone;
  const facts = [
    task.due_on && texts.by(format.date(task.due_on)),
    task.whom && texts.whom(whole(task.whom_name ?? words.complaint.formerStaff)),
  ].filter(Boolean);
  return (
    <div>
      <p>
        <strong>{titleOf(task, complaint, words)}</strong> {facts.length > 0 && <span class="small">{facts.join(' · ')}</span>}{' '}
        {late && (
          <strong class="late">
            <Icon name="late" /> {texts.late}
          </strong>
        )}
      </p>
      {task.words && <p class="kept-lines small">{task.words}</p>}
      {task.done_by && <p class="small">{texts.remedyDone(whole(task.done_by_name ?? words.complaint.formerStaff))}</p>}
      {task.kind === 'reach_another_way' && (
        <p class="small">
          {complaint.letters.some(({ id }) => id === task.id) ? texts.why(letter, format.date(task.since)) : texts.never(letter)}{' '}
          {phone ? (
            <>
              {texts.phone} <bdi>{phone}</bdi>
            </>
          ) : (
            !complaint.identity_hidden && texts.noPhone
          )}
        </p>
      )}
      {task.kind === 'confirm_delivery' && <p class="small">{texts.awaiting(letter, format.date(task.since))}</p>}
    </div>
  );
}

/** What can be said about a task: that it is done, that somebody was not reached, that a letter went by post. */
type Act = 'done' | 'attempt' | 'posted';

const ACTS: Record<Task['kind'], readonly Act[]> = {
  reach_another_way: ['done', 'attempt', 'posted'],
  confirm_delivery: ['done', 'attempt'],
  duty: ['done'],
  remedy: ['done'],
  contribution: ['done'],
  format: ['done'],
  monitor: ['done'],
  promised: ['done'],
  outside: ['done'],
  others: ['done'],
  safety: ['done'],
};

function actWords(act: Act, task: Task, words: Words): string {
  const texts = words.complaint.tasks;
  if (act === 'attempt') return texts.notReached;
  if (act === 'posted') return texts.posted;
  const done = { reach_another_way: texts.reached, confirm_delivery: texts.delivered, contribution: texts.contribute };
  return done[task.kind as keyof typeof done] ?? texts.done;
}

/** The small form of a task that is open. */
interface Begun {
  task: string;
  act: Act;
}

const beginnings = ({ tasks }: Complaint): Begun[] => tasks.flatMap(({ id, kind }) => ACTS[kind].map((act) => ({ task: id, act })));

const drawerOf = ({ reference }: Complaint, { task, act }: Begun): string => `${reference}.task.${task}.${act}`;

const BY_VOICE: readonly Medium[] = ['phone', 'counter', 'email', 'sms', 'letter'];

function ActForm({ task, complaint, act, onDone, onCancel }: Props & { task: Task; act: Act; onCancel: () => void }) {
  const { words, format, say } = useDesk();
  const { errors, problem, busy, attempt } = useAttempt('/task');
  const texts = words.complaint.tasks;
  const [medium, setMedium] = useKept<Medium | ''>('medium', '');
  const [text, setText] = useKept('words', '');
  const [number, setNumber] = useKept('tracking_number', '');
  const [day, setDay] = useKept('on', () => format.isoDay(serverNow()));
  const form = useRef<HTMLFormElement>(null);
  const drawer = useContext(DrawerContext);
  useEffect(() => {
    if (!drawer?.restored) form.current?.querySelector<HTMLElement>('input, textarea, button')?.focus();
  }, []);
  const reaching = task.kind === 'reach_another_way';
  const withMedium = act === 'attempt' || (act === 'done' && reaching);
  const withDay = act === 'done' && task.kind === 'confirm_delivery';
  const withWords = act === 'done' && !reaching && !withDay;
  const contribution = task.kind === 'contribution';
  const needsWords = SAYS_WHAT.includes(task.kind);

  const missing: FieldError[] = [
    ...(withMedium ? isMissing('/task/medium', medium, 'choice_required') : []),
    ...(withDay ? isMissing('/task/on', day) : []),
    ...(needsWords ? isMissing('/task/words', text) : []),
  ];
  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(missing, async () => {
      const { reference } = complaint;
      const tried = { medium: act === 'posted' ? 'letter' : (medium || 'phone'), posted: act === 'posted', tracking_number: orNull(number) };
      const done = { words: orNull(text), medium: medium || null, on: withDay ? day : null };
      onDone(act === 'done' ? await api.taskDone(reference, task.id, done) : await api.taskTried(reference, task.id, tried));
      say(act === 'done' ? texts.saved : act === 'posted' ? texts.postedSaved : texts.attemptSaved);
    });
  };
  return (
    <ErrorsContext.Provider value={errors}>
      <form ref={form} class="task-form" onSubmit={submit} noValidate aria-label={`${titleOf(task, complaint, words)}: ${actWords(act, task, words)}`}>
        <ErrorSummary errors={errors} problem={problem} />
        {withMedium && (
          <Radios pointer="/task/medium" label={texts.how} value={medium} onValue={setMedium} choices={BY_VOICE.map((one) => [one, words.form.media[one]] as const)} row />
        )}
        {act === 'posted' && <Text pointer="/task/tracking_number" label={texts.tracking} value={number} onValue={setNumber} class="mono" optional />}
        {withDay && <Text pointer="/task/on" label={texts.deliveredOn} type="date" value={day} onValue={setDay} />}
        {withWords && (
          <Text pointer="/task/words" label={contribution ? texts.contributionWords : texts.what} value={text} onValue={setText} rows={needsWords ? 4 : 2} optional={!needsWords} />
        )}
        <div class="buttons">
          <button type="submit" class="filled">
            {busy ? words.form.busy : texts.record}
          </button>
          <button type="button" onClick={onCancel}>
            {words.form.cancel}
          </button>
        </div>
      </form>
    </ErrorsContext.Provider>
  );
}
