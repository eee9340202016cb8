/** What a queue is narrowed to. All of it stands in the address, so that a link shows a colleague the same. */
import { useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk } from '../desk';
import { said, Select } from '../parts/fields';
import { Icon } from '../parts/icons';
import { useReading } from '../parts/reading';
import { FILTERS, go, queueAddress, type Filter, type Narrowing } from '../route';
import { CHANNELS, DUES, FLAGS, PRIORITIES, type Queue } from '../shapes';

type Choices = Record<Filter, readonly (readonly [string, string])[]>;

interface Props {
  queue: Queue;
  narrowing: Narrowing;
}

// Who works here, which packs and problems there are is read when it is wanted first; one after the other, because the
// queue itself is on its way at the same time, and each request at once would wake a function of its own.
const read = async () => {
  const staff = await api.staff();
  const packs = await api.packs();
  return { staff, packs, categories: await api.categories() };
};

/** What can be chosen, by the names that people know. What is chosen and not among it has been renamed or has gone. */
function useChoices({ owner, pack, category }: Narrowing) {
  const { words, language } = useDesk();
  const { found, problem, again } = useReading(read);
  const { dues } = words.queues.filters;
  const known = (choices: (readonly [string, string])[], chosen?: string) =>
    found && chosen && !choices.some(([choice]) => choice === chosen) ? [...choices, [chosen, chosen] as const] : choices;
  const choices: Choices = {
    priority: [...PRIORITIES.map((n) => [n, words.priority(Number(n))] as const), ['none', words.priorityNone]],
    category: known((found?.categories ?? []).map(({ number, name }) => [String(number), name[language] ?? ''] as const), category),
    owner: known([['none', words.queues.unassigned], ...(found?.staff ?? []).map(({ id, name }) => [id, name] as const)], owner),
    channel: ['web' as const, ...CHANNELS].map((channel) => [channel, words.channels[channel]] as const),
    pack: known((found?.packs ?? []).filter((one) => one.in_use).map(({ id, title }) => [id, title[language]] as const), pack),
    due: DUES.map((due) => [due, dues[due]] as const),
    flag: FLAGS.map((flag) => [flag, words.flags[flag]] as const),
  };
  return { choices, problem, again };
}

const without = (narrowing: Narrowing, filter: Filter): Narrowing =>
  Object.fromEntries(Object.entries(narrowing).filter(([name]) => name !== filter));

/** The order stays, whatever is looked for. */
const cleared = ({ order }: Narrowing): Narrowing => (order ? { order } : {});

/** The filters in force, each of which can be taken away; and, while it is `open`, the form that sets them. */
export function Filters({ queue, narrowing, open }: Props & { open: boolean }) {
  const { words } = useDesk();
  const texts = words.queues.filters;
  const { choices, problem } = useChoices(narrowing);
  const set = FILTERS.filter((filter) => narrowing[filter]);
  return (
    <>
      {set.length > 0 && (
        <ul class="chips" aria-label={texts.set}>
          {set.map((filter) => {
            const chosen = choices[filter].find(([choice]) => choice === narrowing[filter]);
            const says = words.queues.filters.is(texts.names[filter], chosen?.[1] ?? '…');
            return (
              <li key={filter}>
                <a href={queueAddress(queue, without(narrowing, filter))} aria-label={texts.remove(says)}>
                  {says} <Icon name="remove" />
                </a>
              </li>
            );
          })}
          <li>
            <a class="all" href={queueAddress(queue, cleared(narrowing))}>
              {texts.clear}
            </a>
          </li>
        </ul>
      )}
      {problem && <p class="notice soon">{said(problem, words)}</p>}
      {open && <Form key={JSON.stringify(narrowing)} queue={queue} narrowing={narrowing} choices={choices} />}
    </>
  );
}

function Form({ queue, narrowing, choices }: Props & { choices: Choices }) {
  const { words } = useDesk();
  const texts = words.queues.filters;
  const [values, setValues] = useState(narrowing);
  const submit = (event: Event) => {
    event.preventDefault();
    // In one order, so that the same filters are the same address.
    const set = FILTERS.flatMap((filter) => (values[filter] ? [[filter, values[filter]] as const] : []));
    go(queueAddress(queue, { ...cleared(values), ...Object.fromEntries(set) }));
  };
  return (
    <form id="filters" class="filters" onSubmit={submit} aria-label={texts.label}>
      {FILTERS.map((filter) => (
        <Select
          key={filter}
          pointer={`/filter-${filter}`}
          label={texts.names[filter]}
          value={values[filter] ?? ''}
          onValue={(value) => setValues((were) => ({ ...were, [filter]: value }))}
          choices={choices[filter]}
          none={texts.any}
        />
      ))}
      <p class="buttons">
        <button type="submit">{texts.show}</button>
      </p>
    </form>
  );
}
