/** Complaints row by row: what was promised, about what and by whom, whose move it is. */
import { useDesk } from '../desk';
import { Deadline } from '../parts/clock';
import { Icon } from '../parts/icons';
import { Flags, Priority, Reference, StateLabel } from '../parts/labels';
import { complaintAddress } from '../route';
import type { Row } from '../shapes';

/** By what the rows are ordered, and how: what is due next comes first, or what was closed last. */
export interface Order {
  by: string;
  ascending: boolean;
  onTurn: () => void;
}

interface Props {
  rows: Row[];
  caption: string;
  order?: Order;
  /** The row that is read beside the table. */
  open?: string | null;
  onFollow?: (event: MouseEvent, row: Row) => void;
}

// The roles repeat what the elements are, because a table laid out as blocks on a narrow screen loses them in some browsers.
export function Table({ rows, caption, order, open, onFollow }: Props) {
  const { words } = useDesk();
  return (
    <table class="queue" role="table">
      <caption class="hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader" class="due-head" aria-sort={order && (order.ascending ? 'ascending' : 'descending')}>
            {order ? (
              <button type="button" class="turn" onClick={order.onTurn}>
                {order.by} <Icon name={order.ascending ? 'up' : 'down'} />
              </button>
            ) : (
              words.queues.due
            )}
            <span class="promise-head" aria-hidden="true">
              {words.queues.promise}
            </span>
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
          <tr key={row.reference} role="row" class={row.reference === open ? 'open' : ''}>
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
                {row.subject ?? words.erased}
              </a>
              <p class="small">
                <Reference of={row.reference} /> · <Complainant of={row} />
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
export function Complainant({ of }: { of: Row }) {
  const { words } = useDesk();
  if (of.name) return <bdi>{of.name}</bdi>;
  const { nameNone, nameHidden } = words.queues;
  return <>{of.flags.includes('anonymous') ? nameNone : of.subject ? nameHidden : words.erased}</>;
}
