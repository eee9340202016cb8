/** What the same person told us before, and what is like it: to be read before anybody writes. */
import { useCallback } from 'preact/hooks';
import { api } from '../api';
import { useDesk } from '../desk';
import { said } from '../parts/fields';
import { Reference, StateLabel } from '../parts/labels';
import { Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { complaintAddress } from '../route';
import type { Row } from '../shapes';

const AT_ONCE = 5;

export function Related({ reference }: { reference: string }) {
  const { words } = useDesk();
  const texts = words.related;
  const { found, problem } = useReading(useCallback(() => api.related(reference), [reference]));
  return (
    <section class="related" aria-labelledby="related-title">
      <h2 id="related-title">{texts.title}</h2>
      {problem ? (
        <p class="message">{said(problem, words)}</p>
      ) : !found ? (
        <Loading words={texts.loading} />
      ) : (
        <>
          <h3>{texts.same}</h3>
          {found.same_person.length ? <List rows={found.same_person} /> : <p class="quiet">{texts.sameNone}</p>}
          <Some title={texts.staff} rows={found.same_staff} />
          <Some title={texts.place} rows={found.same_place} />
          <Some title={texts.similar} rows={found.similar} />
        </>
      )}
    </section>
  );
}

function Some({ title, rows }: { title: string; rows: Row[] }) {
  if (!rows.length) return null;
  return (
    <>
      <h3>{title}</h3>
      <List rows={rows} />
    </>
  );
}

function List({ rows }: { rows: Row[] }) {
  const texts = useDesk().words.related;
  const rest = rows.slice(AT_ONCE);
  return (
    <>
      <Items rows={rows.slice(0, AT_ONCE)} />
      {rest.length > 0 && (
        <details>
          <summary>{texts.rest(rest.length)}</summary>
          <Items rows={rest} />
        </details>
      )}
    </>
  );
}

function Items({ rows }: { rows: Row[] }) {
  const { words, format } = useDesk();
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.reference}>
          <a class="subject" href={complaintAddress(row.reference)}>
            {row.subject ?? words.erased}
          </a>
          <p class="small">
            <Reference of={row.reference} /> · {format.date(row.received_at)} <StateLabel of={row} />
          </p>
        </li>
      ))}
    </ul>
  );
}
