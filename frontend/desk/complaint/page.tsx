/** One complaint. The next move comes first, then what was said, what we promised, what we found, what happened. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { hear, useDesk } from '../desk';
import { Notice, said } from '../parts/fields';
import { Flags, Priority, Reference, StateLabel } from '../parts/labels';
import { Failed, Heading, Loading } from '../parts/page';
import { cameFrom } from '../route';
import { mayWrite, type Complaint, type Entry } from '../shapes';
import { Composer } from './composer';
import { Facts } from './facts';
import { NextMove } from './next';
import { Points } from './points';
import { Promises } from './promises';
import { entryBy, entryTitle, Timeline } from './timeline';

export function ComplaintPage({ reference, show }: { reference: string; show: string | null }) {
  const { words, format, me, recount, lost } = useDesk();
  const [complaint, setComplaint] = useState<Complaint | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [changes, setChanges] = useState<Entry[] | null>(null);

  const take = useCallback((found: Complaint) => {
    hear(found.now);
    setComplaint(found);
  }, []);

  const load = useCallback(() => {
    setProblem(null);
    api.complaint(reference).then(take, (error: unknown) => {
      if (!lost(error)) setProblem(error instanceof Problem ? error : new Problem(0, {}));
    });
  }, [reference, take, lost]);
  useEffect(load, [load]);

  if (problem) return <Failed problem={problem} onAgain={load} />;
  if (!complaint) return <Loading words={words.complaint.loading} />;

  const moved = (found: Complaint) => {
    setChanges(null);
    take(found);
    recount();
  };
  // Somebody was faster: the page shows the complaint as it is now, and what is new in it.
  const conflict = (current: Complaint) => {
    const known = new Set(complaint.timeline.map((entry) => entry.id));
    setChanges(current.timeline.filter((entry) => !known.has(entry.id)));
    take(current);
    recount();
  };

  const subject = complaint.subject ?? words.erased;
  const back = cameFrom();
  const later = complaint.registered_at.slice(0, 10) !== complaint.received_at.slice(0, 10);
  return (
    <article class="complaint">
      <header>
        <p class="above-title">
          <a href={back.address} class="back">
            {words.queues.names[back.queue]}
          </a>{' '}
          <Reference of={complaint.reference} /> <StateLabel of={complaint} /> {complaint.priority && <Priority of={complaint.priority} />}{' '}
          <span>
            {words.complaint.owner} <strong>{complaint.owner_name ?? words.queues.unassigned}</strong>
            <Flags of={complaint} />
          </span>
        </p>
        <Heading title={subject} arrived={complaint.reference} letter>
          <span lang={complaint.language}>{subject}</span>
        </Heading>
        <p class="small">
          {words.complaint.received(complaint.complainant.name, format.moment(complaint.received_at), words.channels[complaint.channel])}
          {later && ` ${words.complaint.registeredLater(format.moment(complaint.registered_at))}`}
        </p>
      </header>
      <div class="work">
        <NextMove
          complaint={complaint}
          onMoved={moved}
          onConflict={conflict}
          conflict={changes && <Conflict changes={changes} />}
        />
        {complaint.tasks.map((task) => (
          <Task key={task.id} task={task} complaint={complaint} onDone={moved} />
        ))}
        <section aria-labelledby="text-title">
          <h2 id="text-title">{words.complaint.text}</h2>
          <div class="wrote" lang={complaint.language}>
            {complaint.account.what_happened}
          </div>
        </section>
        <section aria-labelledby="promises-title">
          <h2 id="promises-title">{words.complaint.promises}</h2>
          <Promises complaint={complaint} />
        </section>
        <section aria-labelledby="points-title">
          <h2 id="points-title">{words.complaint.points}</h2>
          <Points complaint={complaint} />
        </section>
        <Timeline complaint={complaint} show={show} />
        {mayWrite(me) && <Composer complaint={complaint} onWritten={moved} />}
      </div>
      <aside aria-label={words.complaint.account}>
        <Facts complaint={complaint} />
      </aside>
    </article>
  );
}

/** What somebody else did meanwhile. It takes the focus, because it may stand above what is in view. */
function Conflict({ changes }: { changes: Entry[] }) {
  const { words, format } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [changes]);
  return (
    <div ref={box} tabIndex={-1} role="group" aria-label={words.conflict.title}>
      <Notice kind="late" title={words.conflict.title}>
        {changes.map((entry) => (
          <span key={entry.id}>
            {entryTitle(entry, words)}, {words.complaint.by(entryBy(entry, words))} ({format.time(entry.at)}).{' '}
          </span>
        ))}
        {words.conflict.kept}
      </Notice>
    </div>
  );
}

/** Where no letter reaches the complainant, a person must. */
function Task({ task, complaint, onDone }: { task: Complaint['tasks'][number]; complaint: Complaint; onDone: (complaint: Complaint) => void }) {
  const { words, format, me, say, lost } = useDesk();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const texts = words.complaint.tasks;
  const done = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      onDone(await api.taskDone(complaint.reference, task.id));
      say(texts.saved);
    } catch (error) {
      if (!lost(error)) setProblem(error instanceof Problem ? error : new Problem(0, {}));
    } finally {
      setBusy(false);
    }
  };
  const { phone } = complaint.complainant;
  return (
    <div class="notice soon">
      <p>
        <strong>{texts[task.kind]}</strong>{' '}
        {complaint.letters.some((letter) => letter.id === task.id)
          ? texts.why(words.letters[task.letter], format.date(task.since))
          : texts.never(words.letters[task.letter])}{' '}
        {phone ? (
          <>
            {texts.phone} <bdi>{phone}</bdi>
          </>
        ) : (
          texts.noPhone
        )}
      </p>
      {problem && (
        <p class="message" role="alert">
          {said(problem, words)}
        </p>
      )}
      {mayWrite(me) && (
        <p class="buttons">
          <button type="button" onClick={() => void done()}>
            {busy ? words.form.busy : texts.done}
          </button>
        </p>
      )}
    </div>
  );
}
