/** What can be done to all complaints that are ticked. Each is done under its own rules; what failed says why. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { PersonSelect } from '../complaint/frame';
import { useDesk } from '../desk';
import { readable } from '../format';
import { useAttempt } from '../parts/attempt';
import { download } from '../parts/csv';
import { capital, ErrorsContext, ErrorSummary, Text } from '../parts/fields';
import { Reference } from '../parts/labels';
import { useTyped } from '../parts/typed';
import { complaintAddress } from '../route';
import { mayAssign, mayWrite, type Bulk, type Outcome, type Row } from '../shapes';

// The server takes so many at once.
const AT_ONCE = 50;

interface Props {
  ticked: Row[];
  /** Some of them were done, and are ticked no longer. */
  onDone: (references: string[]) => void;
  onClear: () => void;
}

export function BulkBar({ ticked, onDone, onClear }: Props) {
  const { words, format, language, me } = useDesk();
  const texts = words.queues.bulk;
  const [act, setAct] = useState<Bulk | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const acts = (['assign', 'note', 'link'] as const).filter((one) => (one === 'note' ? mayWrite(me) : mayAssign(me)));
  const csv = () =>
    download(texts.csvName, [
      [words.queues.reference, words.queues.state, words.queues.priority, texts.channel, texts.received, capital(words.queues.promise, language), words.queues.due, texts.late],
      ...ticked.map((row) => [
        readable(row.reference),
        words.states[row.state],
        row.priority ? words.priority(row.priority) : words.priorityNone,
        words.channels[row.channel],
        format.date(row.received_at),
        row.promise ? words.promises[row.promise] : '',
        row.due ? format.date(row.due) : '',
        row.late ? words.yes : words.no,
      ]),
    ]);
  return (
    <section class="bulk" aria-label={texts.label}>
      <div class="bulk-acts">
        <p role="status">
          <strong>{texts.chosen(ticked.length)}</strong>
        </p>
        {acts.map((one) => (
          <button key={one} type="button" aria-expanded={act === one} onClick={() => setAct(act === one ? null : one)}>
            {texts.acts[one]}
          </button>
        ))}
        <button type="button" onClick={csv}>
          {texts.csv}
        </button>
        <button type="button" class="minor" onClick={onClear}>
          {texts.clear}
        </button>
      </div>
      {act && ticked.length > 0 && (
        <Act
          key={act}
          act={act}
          ticked={ticked}
          onDone={(became) => {
            setOutcome(became);
            setAct(null);
            onDone(became.done);
          }}
        />
      )}
      {outcome && <Became key={JSON.stringify(outcome)} outcome={outcome} />}
    </section>
  );
}

interface ActProps {
  act: Bulk;
  ticked: Row[];
  onDone: (outcome: Outcome) => void;
}

function Act({ act, ticked, onDone }: ActProps) {
  const { words } = useDesk();
  const texts = words.queues.bulk;
  const { errors, problem, busy, attempt } = useAttempt();
  const { field, sent, missing, unchosen } = useTyped({ owner: '', words: '', case: '' });
  const asked = { assign: unchosen('owner'), note: missing('words'), link: missing('case') }[act];
  const told: object = { assign: { owner: sent.owner }, note: { words: sent.words }, link: { case: sent.case, words: sent.words } }[act];
  // The same key again is the same act, so that a second click does nothing twice.
  const key = useMemo(() => crypto.randomUUID(), [JSON.stringify(told)]);

  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(asked, async () => {
      const became: Outcome = { done: [], failed: [] };
      for (let from = 0; from < ticked.length; from += AT_ONCE) {
        const { done, failed } = await api.bulk(act, key, ticked.slice(from, from + AT_ONCE), told);
        became.done.push(...done);
        became.failed.push(...failed);
      }
      onDone(became);
    });
  };
  return (
    <ErrorsContext.Provider value={errors}>
      <form onSubmit={submit} noValidate aria-label={texts.acts[act]}>
        <ErrorSummary errors={errors} problem={problem} />
        {act === 'assign' && <PersonSelect {...field('owner')} label={words.form.owner} hint={texts.assignHint} without={(_, colleague) => !mayWrite(colleague)} />}
        {act === 'link' && <Text {...field('case')} label={words.form.systemicCase} class="mono" />}
        {act === 'link' && <Text {...field('words')} label={words.form.systemicWords} rows={2} optional />}
        {act === 'note' && <Text {...field('words')} label={texts.note} hint={texts.noteHint} rows={3} />}
        <p class="buttons">
          <button type="submit" class="filled">
            {busy ? words.form.busy : texts.confirm(texts.acts[act], ticked.length)}
          </button>
        </p>
      </form>
    </ErrorsContext.Provider>
  );
}

/** What became of it, in focus as soon as it appears, because the form that asked for it is gone. */
function Became({ outcome: { done, failed } }: { outcome: Outcome }) {
  const { words } = useDesk();
  const texts = words.queues.bulk;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const { reasons, fields } = words.problems;
  return (
    <div class={failed.length ? 'notice soon' : 'notice ok'} ref={box} tabIndex={-1}>
      <p>
        <strong>{texts.done(done.length)}</strong> {failed.length > 0 && texts.failed(failed.length)}
      </p>
      {failed.length > 0 && (
        <ul>
          {failed.map(({ reference, why }) => (
            <li key={reference}>
              <a href={complaintAddress(reference)}>
                <Reference of={reference} />
              </a>
              : {texts.whys[why] ?? reasons[why] ?? fields[why] ?? fields.other}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
