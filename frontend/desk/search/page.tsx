/** What was found by a reference, a contact, a number or words, the last received first. */
import { useCallback, useEffect } from 'preact/hooks';
import { api } from '../api';
import { hear, useDesk } from '../desk';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { Table } from '../queue/table';
import { rememberSearch } from '../route';
import { marking } from './mark';

export function SearchPage({ q }: { q: string }) {
  const { words } = useDesk();
  return q ? (
    <Result key={q} q={q} />
  ) : (
    <div class="lone">
      <Heading title={words.search.title} arrived="search" />
      <Ways />
    </div>
  );
}

function Result({ q }: { q: string }) {
  const { words } = useDesk();
  const texts = words.search;
  const read = useCallback(async () => {
    const found = await api.search(q);
    hear(found.now);
    return found;
  }, [q]);
  const { found, problem, again } = useReading(read);
  useEffect(() => rememberSearch(q), [q]);
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={texts.loading} />;
  const { rows, more } = found;
  return (
    <div class="queue-page">
      <div class="queue-head">
        <Heading title={texts.title} arrived={`search ${q}`} />
        <p class="small" role="status">
          {rows.length ? texts.found(q, more ? `${words.queues.count(rows.length)}+` : words.queues.count(rows.length)) : texts.none(q)}
        </p>
      </div>
      {more && <p class="notice">{texts.more(rows.length)}</p>}
      {rows.length ? <Table rows={rows} caption={texts.caption(q)} mark={marking(q)} /> : <Ways />}
    </div>
  );
}

function Ways() {
  const texts = useDesk().words.search;
  return (
    <div class="empty ways">
      <h2>{texts.by}</h2>
      <ul>
        {texts.ways.map((way) => (
          <li key={way}>{way}</li>
        ))}
      </ul>
      <p class="small">{texts.whole}</p>
    </div>
  );
}
