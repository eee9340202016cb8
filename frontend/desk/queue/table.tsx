/** Complaints row by row: what was promised, about what and by whom, whose move it is. */
import type { ComponentChildren } from 'preact';
import { useDesk } from '../desk';
import { readable } from '../format';
import { Deadline } from '../parts/clock';
import { Icon } from '../parts/icons';
import { Flags, Priority, StateLabel } from '../parts/labels';
import { complaintAddress } from '../route';
import type { Row } from '../shapes';

/** By what the rows are ordered, and how: what is due next comes first, or what was closed last. */
export interface Order {
  by: string;
  ascending: boolean;
  onTurn: () => void;
}

/** What is ticked, on this page and others. */
export interface Ticks {
  has: (row: Row) => boolean;
  onTick: (rows: Row[], on: boolean) => void;
}

interface Props {
  rows: Row[];
  caption: string;
  order?: Order;
  ticks?: Ticks;
  /** Marks what was looked for. */
  mark?: (text: string) => ComponentChildren;
  /** The row that is read beside the table. */
  open?: string | null;
  onFollow?: (event: MouseEvent, row: Row) => void;
}

// The roles repeat what the elements are, because a table laid out as blocks on a narrow screen loses them in some browsers.
export function Table({ rows, caption, order, ticks, mark = (text) => text, open, onFollow }: Props) {
  const { words } = useDesk();
  const ticked = ticks ? rows.filter(ticks.has) : [];
  const kind = (row: Row) => `${row.reference === open ? 'open' : ''} ${ticked.includes(row) ? 'ticked' : ''}`.trim();
  return (
    <table class={ticks ? 'queue with-ticks' : 'queue'} role="table">
      <caption class="hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {ticks && (
            <td role="cell" class="tick-head">
              <input
                type="checkbox"
                id="tick-all"
                aria-label={words.queues.bulk.tickAll}
                checked={ticked.length === rows.length}
                indeterminate={ticked.length > 0 && ticked.length < rows.length}
                onChange={(event) => ticks.onTick(rows, event.currentTarget.checked)}
              />
            </td>
          )}
          <th scope="col" role="columnheader" class="due-head" aria-sort={order && (order.ascending ? 'ascending' : 'descending')}>
            {order ? (
              <button type="button" class="turn" onClick={order.onTurn}>
                {order.by} <Icon name={order.ascending ? 'up' : 'down'} />
              </button>
            ) : (
              words.queues.due
            )}
            {order?.by !== words.queues.closedOn && (
              <span class="promise-head" aria-hidden="true">
                {words.queues.promise}
              </span>
            )}
          </th>
          <th scope="col" role="columnheader">
            {words.queues.complaint}
          </th>
          <th scope="col" role="columnheader" class="priority-head">
            {words.queues.priority}
          </th>
          <th scope="col" role="columnheader" class="state-head">
            {words.queues.state} <span class="quiet">· {words.queues.owner}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.reference} role="row" class={kind(row)}>
            {ticks && (
              <td role="cell" class="tick-cell">
                <input
                  type="checkbox"
                  aria-label={words.queues.bulk.tick(readable(row.reference))}
                  checked={ticked.includes(row)}
                  onChange={(event) => ticks.onTick([row], event.currentTarget.checked)}
                />
              </td>
            )}
            <td role="cell" class="due-cell">
              <Deadline row={row} />
            </td>
            <th scope="row" role="rowheader" class="subject-cell">
              <a
                class="subject"
                href={complaintAddress(row.reference)}
                aria-current={row.reference === open ? 'true' : undefined}
                onClick={(event) => onFollow?.(event, row)}
              >
                {row.subject ? mark(row.subject) : words.erased}
              </a>
              <p class="small">
                <bdi class="reference">{mark(readable(row.reference))}</bdi> · <Complainant of={row} mark={mark} />
                <Flags of={row} />
              </p>
            </th>
            <td role="cell" class="priority-cell">
              <Priority of={row.priority} />
            </td>
            <td role="cell" class="state-cell">
              <p>
                <StateLabel of={row} />
              </p>
              <p class={row.owner_name ? 'owner' : 'owner quiet'}>{row.owner_name ?? words.queues.unassigned}</p>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A name that is not there says why: nobody gave it, the words were erased, or this role does not see it. */
function Complainant({ of, mark }: { of: Row; mark: (text: string) => ComponentChildren }) {
  const { words } = useDesk();
  if (of.name) return <bdi>{mark(of.name)}</bdi>;
  const { nameNone, nameHidden } = words.queues;
  return <>{of.flags.includes('anonymous') ? nameNone : of.subject ? nameHidden : words.erased}</>;
}
