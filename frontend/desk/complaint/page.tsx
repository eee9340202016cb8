/** One complaint. The next move comes first, then what was said, what we promised, what we found, what happened. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { hear, useDesk } from '../desk';
import { learn } from '../language';
import { Notice } from '../parts/fields';
import { Flags, Priority, Reference, StateLabel } from '../parts/labels';
import { Failed, Heading, Loading } from '../parts/page';
import { later } from '../parts/later';
import { useReading } from '../parts/reading';
import { cameFrom } from '../route';
import { mayWrite, type Complaint, type Entry } from '../shapes';
import type { Words } from '../words/en';
import { Composer } from './composer';
import { complainantName, Facts } from './facts';
import { NextMove } from './next';
import { Points } from './points';
import { NextPromise, Promises } from './promises';
import { Tasks } from './tasks';
import { entryBy, entryTitle, Timeline } from './timeline';

const AddFiles = later(async () => (await import('../files/add')).AddFiles, { inside: true });
const Papers = later(async () => (await import('../papers/buttons')).Papers, { inside: true });
const Related = later(async () => (await import('../related/panel')).Related, { inside: true });

/** A complaint comes with the server's time. */
const heard = (found: Complaint): Complaint => {
  hear(found.now);
  return found;
};

export function ComplaintPage({ reference, show }: { reference: string; show: string | null }) {
  const { words, format, me, recount } = useDesk();
  const read = useCallback(async () => {
    const found = heard(await api.complaint(reference));
    await learn(found.language); // what the complainant will read is shown in their language
    return found;
  }, [reference]);
  const { found: complaint, setFound, problem, again } = useReading(read);
  const [changes, setChanges] = useState<Entry[] | null>(null);

  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!complaint) return <Loading words={words.complaint.loading} />;

  const moved = (found: Complaint) => {
    setChanges(null);
    setFound(heard(found));
    recount();
  };
  // Somebody was faster: the page shows the complaint as it is now, and what is new in it.
  const conflict = (current: Complaint) => {
    const known = new Set(complaint.timeline.map((entry) => entry.id));
    setChanges(current.timeline.filter((entry) => !known.has(entry.id)));
    setFound(heard(current));
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
            {back.queue ? words.queues.names[back.queue] : words.search.back}
          </a>{' '}
          <Reference of={complaint.reference} /> <StateLabel of={complaint} /> {complaint.priority && <Priority of={complaint.priority} />}{' '}
          <span>
            {words.complaint.owner} <strong>{complaint.owner_name ?? words.queues.unassigned}</strong>
            <Flags of={complaint} />
          </span>
          <NextPromise complaint={complaint} />
        </p>
        <Heading title={subject} arrived={complaint.reference} letter>
          <span lang={complaint.language}>{subject}</span>
        </Heading>
        <p class="small">
          {words.complaint.received(complainantName(complaint, words), format.moment(complaint.received_at), words.channels[complaint.channel])}
          {later && ` ${words.complaint.registeredLater(format.moment(complaint.registered_at))}`}
        </p>
        <Outside complaint={complaint} />
      </header>
      <div class="work">
        <div class="now">
          <NextMove
            complaint={complaint}
            onMoved={moved}
            onConflict={conflict}
            conflict={changes && <Conflict changes={changes} />}
          />
          <Tasks complaint={complaint} onDone={moved} />
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
        </div>
        <div class="talk">
          <Timeline complaint={complaint} show={show} />
          {mayWrite(me) && <Composer complaint={complaint} onWritten={moved} />}
        </div>
      </div>
      <aside aria-label={words.complaint.account}>
        <Facts complaint={complaint} />
        {mayWrite(me) && <AddFiles reference={complaint.reference} onAdded={moved} />}
        <Papers reference={complaint.reference} />
        <Related reference={complaint.reference} />
      </aside>
    </article>
  );
}

/** How an outside body found, on a complaint that is closed. */
function Outside({ complaint }: { complaint: Complaint }) {
  const { words } = useDesk();
  const last = (type: string) => complaint.timeline.find((entry) => entry.type === type)?.facts;
  const found = last('ExternalDecided');
  if (complaint.state !== 'closed' || !found) return null;
  const outcome = words.form.externalOutcomes[found.outcome as keyof Words['form']['externalOutcomes']];
  return (
    <p>
      {words.complaint.outside.found(String(last('ExternalOpened')?.body ?? ''))} <strong>{outcome}</strong>
    </p>
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
