import { useDesk } from '../desk';
import { readable } from '../format';
import type { Complaint, Row } from '../shapes';
import { Icon } from './icons';

/** The border says whose move it is: solid ours, dashed someone else's, filled nobody's. */
export function StateLabel({ of }: { of: Row | Complaint }) {
  const { words } = useDesk();
  const move = of.state === 'closed' ? 'nobody' : of.state === 'decided' && !of.flags.includes('disputed') ? 'theirs' : 'ours';
  const reason = 'closed_reason' in of && of.closed_reason ? words.closedReasons[of.closed_reason] : undefined;
  return <span class={`state ${move}`}>{reason ? words.closedState(reason) : words.states[of.state]}</span>;
}

export function Priority({ of }: { of: number | null }) {
  const { words } = useDesk();
  return of ? <span class={`priority p${of}`}>{words.priority(of)}</span> : <span class="small">{words.priorityNone}</span>;
}

export const Reference = ({ of }: { of: string }) => <bdi class="reference">{readable(of)}</bdi>;

/** What is unusual about a complaint, in words. Only a safety risk is red. */
export function Flags({ of }: { of: Row }) {
  const { words } = useDesk();
  return (
    <>
      {of.flags.map((flag) => (
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
