/** What happened, newest first. Each entry says in words who may see it. */
import { useDesk } from '../desk';
import type { Format } from '../format';
import { Icon } from '../parts/icons';
import { complaintAddress } from '../route';
import type { Complaint, Entry, Letter, PauseCategory, PromiseName, Tell } from '../shapes';
import type { Words } from '../words/en';

const FILTERS = {
  all: () => true,
  messages: (entry: Entry) => entry.visibility === 'complainant_wrote' || entry.visibility === 'complainant_sees',
  notes: (entry: Entry) => entry.visibility === 'internal',
  changes: (entry: Entry) => entry.visibility === 'change',
};
type Filter = keyof typeof FILTERS;
const NAMES = Object.keys(FILTERS) as Filter[];

export function Timeline({ complaint, show }: { complaint: Complaint; show: string | null }) {
  const { words } = useDesk();
  const filter = NAMES.find((name) => name === show) ?? 'all';
  const entries = complaint.timeline.filter(FILTERS[filter]);
  return (
    <section aria-labelledby="history-title">
      <div class="history-head">
        <h2 id="history-title">{words.complaint.history}</h2>
        <nav aria-label={words.complaint.history}>
          {NAMES.map((name) => (
            <a
              key={name}
              href={complaintAddress(complaint.reference) + (name === 'all' ? '' : `?show=${name}`)}
              aria-current={name === filter ? 'true' : undefined}
            >
              {words.complaint.filters[name]} {complaint.timeline.filter(FILTERS[name]).length}
            </a>
          ))}
        </nav>
      </div>
      {entries.length ? (
        <ol class="timeline">
          {entries.map((entry) => (
            <TimelineEntry key={entry.id} entry={entry} complaint={complaint} />
          ))}
        </ol>
      ) : (
        <p class="quiet">{words.complaint.filterEmpty}</p>
      )}
    </section>
  );
}

/** The facts of an entry that staff ask about, in a few words; facts that are unknown here are left out. */
function details(entry: Entry, complaint: Complaint, words: Words, format: Format): string[] {
  const facts = entry.facts;
  const text = (name: string): string => (typeof facts[name] === 'string' ? facts[name] : '');
  const list = (name: string): unknown[] => (Array.isArray(facts[name]) ? facts[name] : []);
  const found: string[] = [];
  const say = (words: string | undefined) => {
    if (words) found.push(words);
  };
  say(text('owner_name'));
  if (typeof facts.priority === 'number') say(words.priority(facts.priority));
  say(words.form.media[text('medium') as keyof Words['form']['media']]);
  // A task is a duty, or a letter to be told another way. A letter's id is the number of the event that made it due, and its kind.
  const task = text('task');
  say(task.startsWith('duty-') ? words.promises.duty : words.letters[(text('letter') || task).replace(/^\d+-/, '') as Letter]);
  say(words.promises[text('promise') as PromiseName]);
  const points = list('points').filter((point) => typeof point === 'number');
  if (points.length && complaint.points.length > 1) say(words.points(points));
  // When an answer is put off or counts again, the new day is what people look for.
  const due = MOVING.includes(entry.type) && list('clocks').map((clock) => (clock as { due: string }).due).sort().at(-1);
  if (due) say(words.complaint.newDate(format.date(due)));
  say(words.pauses[text('category') as PauseCategory]);
  if (text('since')) say(words.complaint.pausedSince(format.date(text('since'))));
  const told = list('tell').map((who) => words.tells[who as Tell]);
  if (told.length) say(words.complaint.toldTo(told.join(', ')));
  say(words.closedReasons[text('reason')]);
  say(text('name'));
  return found;
}

const MOVING = ['AnswerExtended', 'ClockResumed'];

export function entryTitle(entry: Entry, words: Words): string {
  return words.events[entry.type] ?? words.eventOther;
}

export function entryBy(entry: Entry, words: Words): string {
  if (entry.by.kind === 'complainant') return words.complaint.complainant;
  if (entry.by.kind === 'system') return words.complaint.system;
  return entry.by.name ?? words.complaint.formerStaff;
}

function TimelineEntry({ entry, complaint }: { entry: Entry; complaint: Complaint }) {
  const { words, format } = useDesk();
  const by = entryBy(entry, words);
  const letterState = complaint.letters.find((letter) => letter.id === `${entry.id}-message`);
  return (
    <li class={`entry ${entry.visibility}`}>
      <p class="when">
        <time dateTime={entry.at}>
          <strong>{format.day(entry.at)}</strong> <span>{format.time(entry.at)}</span>
        </time>
      </p>
      <div class="what">
        <p class="who">
          {entry.visibility === 'complainant_wrote' ? (
            <>
              <strong>{words.complaint.fromComplainant}</strong> <span class="small">{entryTitle(entry, words)}</span>
            </>
          ) : entry.visibility === 'complainant_sees' ? (
            <>
              <strong>{entry.type === 'MessageWritten' ? words.complaint.toComplainant(by) : entryTitle(entry, words)}</strong>{' '}
              <span class="small">
                <Icon name="seen" /> {words.complaint.sees}
                {letterState && ` · ${words.letterStates[letterState.state]}`}
              </span>
            </>
          ) : entry.visibility === 'internal' ? (
            <>
              <strong>{entry.type === 'NoteWritten' ? by : entryTitle(entry, words)}</strong>{' '}
              <span class="small">
                <Icon name="internal" /> {words.complaint.internal}
              </span>
            </>
          ) : (
            <>
              <strong>{entryTitle(entry, words)}</strong>{' '}
              <span class="small">{[...details(entry, complaint, words, format), words.complaint.by(by)].join(' · ')}</span>
            </>
          )}
        </p>
        {entry.words && (
          <div class="words" lang={entry.visibility === 'complainant_wrote' || entry.visibility === 'complainant_sees' ? complaint.language : undefined}>
            {entry.words}
          </div>
        )}
      </div>
    </li>
  );
}
