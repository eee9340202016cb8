/** What happened, newest first. Each entry says in words who may see it. */
import { useDesk } from '../desk';
import { readable, whole, type Format } from '../format';
import { taskName } from '../parts/dates';
import { Icon } from '../parts/icons';
import { complaintAddress } from '../route';
import type { Complaint, Entry, Finding, Tell } from '../shapes';
import type { Words } from '../words/en';
import { Files } from './files';

const FILTERS = {
  all: () => true,
  messages: (entry: Entry) => entry.visibility === 'complainant_wrote' || entry.visibility === 'complainant_sees',
  notes: (entry: Entry) => entry.visibility === 'internal',
  changes: (entry: Entry) => entry.visibility === 'change',
  // Files have no entries of their own; they are listed by themselves.
  files: () => false,
};
type Filter = keyof typeof FILTERS;
const NAMES = Object.keys(FILTERS) as Filter[];

export function Timeline({ complaint, show }: { complaint: Complaint; show: string | null }) {
  const { words } = useDesk();
  const filter = NAMES.find((name) => name === show) ?? 'all';
  const entries = complaint.timeline.filter(FILTERS[filter]);
  const many = (name: Filter) => (name === 'files' ? complaint.files : complaint.timeline.filter(FILTERS[name])).length;
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
              {words.complaint.filters[name]} {many(name)}
            </a>
          ))}
        </nav>
      </div>
      {filter === 'files' && complaint.files.length > 0 ? (
        <Files complaint={complaint} />
      ) : entries.length ? (
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
  const { facts, type } = entry;
  const text = (name: string): string => (typeof facts[name] === 'string' ? facts[name] : '');
  const list = (name: string): unknown[] => (Array.isArray(facts[name]) ? facts[name] : []);
  const found: string[] = [];
  const say = (words: string | undefined | false) => {
    if (words) found.push(words);
  };
  const named = (of: Record<string, string>, code: string): string | undefined => of[code];
  const people = new Map([...complaint.complained_about, ...complaint.members, ...complaint.conflicted].map(({ id, name }) => [id, name]));
  const names = (subs: unknown[]): string => subs.map((sub) => whole(people.get(String(sub)) ?? words.complaint.formerStaff)).join(', ');
  const form = words.form;
  say(text('owner_name') && words.facts.owner(whole(text('owner_name'))));
  if (typeof facts.priority === 'number') say(words.priority(facts.priority));
  say(named(form.media, text('medium')));
  // A letter's id is the number of the event that made it due, and its kind; other tasks are named by what they are.
  const task = text('task');
  const [kind = ''] = task.split('-');
  say(named(words.letters, task.replace(/^\d+-/, '')) ?? (kind === 'remedy' ? words.complaint.remedy : taskName(kind, words)));
  if (!task) say(named(words.letters, text('letter') || text('kind')));
  say((text('promise') === 'task' && taskOf(text('duty'), words)) || named(words.promises, text('promise')));
  const points = list('points').filter((point) => typeof point === 'number');
  if (points.length && complaint.points.length > 1) say(words.points(points));
  // When an answer is put off or counts again, the new day is what people look for.
  const due = MOVING.includes(type) && list('clocks').map((clock) => (clock as { due: string }).due).sort().at(-1);
  if (due) say(words.complaint.newDate(format.date(due)));
  if (type === 'TaskSet') say(taskOf((list('clocks')[0] as { duty: string } | undefined)?.duty ?? '', words));
  const wanted = NAMING.includes(type) && list('clocks').map((clock) => (clock as { due: string }).due)[0];
  if (wanted) say(words.complaint.dueOn(format.date(wanted)));
  say(named(words.pauses, text('category')));
  if (text('since')) say(words.complaint.pausedSince(format.date(text('since'))));
  const told = list('tell').map((who) => words.tells[who as Tell]);
  if (told.length) say(words.complaint.toldTo(told.join(', ')));
  say(text('name'));
  switch (type) {
    case 'ComplaintClosed':
    case 'RemedyBegun':
      say(words.closedReasons[text('reason')]);
      break;
    case 'DeclineProposed':
      say(named(form.declineReasons, text('reason')));
      say(text('route') && words.facts.route(text('route')));
      break;
    case 'EvidenceRecorded':
      say(named(form.evidenceKinds, text('kind')));
      say(complaint.files.find(({ id }) => id === text('file'))?.name);
      break;
    case 'ComplaintAssessed':
      say(text('nobody_named') && words.facts.nobodyNamed(text('nobody_named')));
      break;
    case 'TaskSet':
      say(text('whom_name') && words.complaint.tasks.whom(whole(text('whom_name'))));
      break;
    case 'InformationAsked':
      say(named(form.askOfs, text('of')));
      say(words.facts.data(list('data').map((one) => named(form.data, String(one)) ?? String(one)).join(', ')));
      say(facts.again === true && words.facts.again);
      say(text('again_reason') && words.facts.against(text('again_reason')));
      break;
    case 'ReplyMissed':
      say(words.facts.missed(named(words.complaint.standing as unknown as Record<string, string>, text('of')) ?? ''));
      break;
    case 'StaffNamed':
      say(words.facts.staff(names(list('staff'))));
      break;
    case 'StaffHeard':
      say(whole(text('who_name')));
      say(words.facts.toldOn(format.date(text('told_on'))));
      say(!entry.words && words.facts.noAnswer);
      break;
    case 'AccessRestricted':
      say(facts.confidential === true ? words.facts.members(names(list('members'))) : words.facts.open);
      break;
    case 'AuthorityChecked':
      say(facts.granted === true ? words.facts.granted : words.facts.refused);
      break;
    case 'ComplaintDisclosed':
      say(text('to') && words.facts.to(text('to')));
      say(named(form.bases, text('basis')));
      say(text('provision'));
      say(text('consented_on') && words.facts.on(format.date(text('consented_on'))));
      break;
    case 'SystemicLinked':
      say(words.facts.system(text('case')));
      break;
    case 'DecisionProposed':
      say(named(form.effects, text('effect')));
      for (const { number, finding } of list('points') as { number: number; finding: Finding }[]) {
        say(words.facts.found(form.point(number), words.findings[finding]));
      }
      break;
    case 'ExternalOpened':
      say(text('body'));
      say(text('their_reference') && words.facts.theirReference(text('their_reference')));
      say(named(form.toldBys, text('told_by')));
      say(complaint.files.find(({ id }) => id === text('document'))?.name);
      break;
    case 'ExternalDecided':
      say(named(form.externalOutcomes, text('outcome')));
      say(named(form.thens, text('then')));
      say(complaint.files.find(({ id }) => id === text('document'))?.name);
      break;
    case 'ComplaintMerged':
      say(words.facts.complaint(readable(text('into'))));
      break;
    case 'ComplaintAbsorbed':
    case 'ComplaintSeparated':
      say(words.facts.complaint(readable(text('other'))));
      break;
  }
  if (type === 'ComplaintAbsorbed') say(words.facts.receivedAt(format.date(text('received_at'))));
  say(facts.early === true && words.facts.early);
  say((facts.alone === true || facts.approved_alone === true) && words.facts.alone);
  say(facts.late === true && words.facts.late);
  say(facts.outstanding === true && words.facts.outstanding);
  say(facts.replaces === true && words.facts.replaces);
  say(text('tracking_number') && words.facts.tracking(text('tracking_number')));
  say(text('on') && words.facts.on(format.date(text('on'))));
  say(entry.stage === 2 && words.flags.second_stage);
  say(entry.told_by === 'tracking_page' && words.facts.pageOnly);
  return found;
}

/** The name of a task's clock begins with its kind. */
const taskOf = (clock: string, words: Words): string | undefined => taskName(clock.split('-')[0] ?? '', words);

const MOVING = ['AnswerExtended', 'ClockResumed'];
const NAMING = ['TaskSet', 'InformationAsked', 'ExternalOpened', 'FinalNoticeGiven'];

export function entryTitle(entry: Entry, words: Words): string {
  return words.events[entry.type] ?? words.eventOther;
}

export function entryBy(entry: Entry, words: Words): string {
  if (entry.by.kind === 'complainant') return words.complaint.complainant;
  if (entry.by.kind === 'system') return words.complaint.system;
  const { name, roles } = entry.by;
  if (!name) return words.complaint.formerStaff;
  return whole(roles.length ? words.complaint.inRole(name, roles.map((role) => words.roles[role]).join(', ')) : name);
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
