import { useDesk } from '../desk';
import { readable } from '../format';
import type { Complaint, Row, State } from '../shapes';
import type { Words } from '../words/en';
import { Icon } from './icons';

type Flag = Row['flags'][number];

/** The border says whose move it is: solid ours, dashed someone else's, double an outside body's, filled nobody's. */
export function StateLabel({ of }: { of: Row | Complaint }) {
  const { words } = useDesk();
  const theirs = of.state === 'waiting' || (of.state === 'decided' && !of.flags.includes('disputed'));
  const move = of.state === 'closed' ? 'nobody' : of.state === 'external' ? 'outside' : theirs ? 'theirs' : 'ours';
  return <span class={`state ${move}`}>{stateWords(of, words)}</span>;
}

function stateWords(of: Row | Complaint, words: Words): string {
  if (!('timeline' in of)) return words.states[of.state];
  const reason = of.closed_reason ? words.closedReasons[of.closed_reason] : undefined;
  if (reason) return words.closedState(reason);
  if (of.state === 'waiting' && of.waiting_for) return words.waitingFor[of.waiting_for];
  return of.state === 'deciding' && of.declining ? words.decliningState : words.states[of.state];
}

export function Priority({ of }: { of: number | null }) {
  const { words } = useDesk();
  return of ? <span class={`priority p${of}`}>{words.priority(of)}</span> : <span class="small">{words.priorityNone}</span>;
}

export const Reference = ({ of }: { of: string }) => <bdi class="reference">{readable(of)}</bdi>;

// What the state says already.
const SAID: Partial<Record<Flag, State>> = { waiting: 'waiting', external: 'external', second_stage: 'reviewing' };

/** What is unusual about a complaint, in words. Only a safety risk is red. */
export function Flags({ of }: { of: Row }) {
  const { words } = useDesk();
  return (
    <>
      {of.flags
        .filter((flag) => SAID[flag] !== of.state)
        .map((flag) => (
          <span key={flag}>
            {' · '}
            <strong class={`flag ${flag}`}>
              {flag === 'safety' && <Icon name="safety" />}
              {words.flags[flag]}
            </strong>
          </span>
        ))}
    </>
  );
}
