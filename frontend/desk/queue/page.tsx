/** A queue: what was promised next comes first, and the upright shows lateness down the page. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { hear, serverNow, useDesk } from '../desk';
import { later } from '../parts/later';
import { Failed, Heading, Loading } from '../parts/page';
import { go, MOVED, queueAddress, rememberQueue } from '../route';
import type { Page, Queue, Row } from '../shapes';
import { Table } from './table';

// From here on there is room to read a complaint beside the queue (1792 pixels at a root of 16).
export const WIDE = '(min-width: 112rem)';

const ReadingPane = later(async () => (await import('./pane')).ReadingPane, { inside: true });

interface Props {
  queue: Queue;
  cursor: string | null;
  open: string | null;
}

export function QueuePage({ queue, cursor, open }: Props) {
  const { words, format, queues, recount, lost } = useDesk();
  const [page, setPage] = useState<Page | null>(null);
  const [read, setRead] = useState<{ at: Date; count: number | undefined } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef('');
  const counted = useRef(queues);
  counted.current = queues;

  const load = useCallback(async () => {
    const question = `${queue} ${cursor ?? ''}`;
    if (asked.current !== question) {
      asked.current = question;
      setPage(null);
    }
    setProblem(null);
    try {
      const found = await api.page(queue, cursor);
      // Somebody may have gone on to another queue while this one was on its way.
      if (asked.current !== question) return;
      hear(found.now);
      setPage(found);
      setRead({ at: serverNow(), count: counted.current?.counts[queue] });
    } catch (error) {
      if (asked.current === question && !lost(error)) setProblem(error instanceof Problem ? error : new Problem(0, {}));
    }
  }, [queue, cursor, lost]);

  useEffect(() => {
    rememberQueue(queue, cursor);
    void load();
  }, [load, queue, cursor]);

  // The count this page was read at may arrive after the page itself.
  const count = queues?.counts[queue];
  useEffect(() => {
    setRead((was) => (was && was.count === undefined && count !== undefined ? { ...was, count } : was));
  }, [count, page]);

  const refresh = () => {
    recount();
    void load();
  };

  // Whoever presses the queue they are in wants to see it as it is now.
  const here = useRef(location.href);
  const again = useRef(refresh);
  again.current = refresh;
  useEffect(() => {
    const moved = () => {
      if (location.href === here.current) again.current();
      here.current = location.href;
    };
    addEventListener(MOVED, moved);
    return () => removeEventListener(MOVED, moved);
  }, []);

  if (problem) return <Failed problem={problem} onAgain={refresh} />;

  const follow = (event: MouseEvent, row: Row) => {
    if (!matchMedia(WIDE).matches || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
    event.preventDefault();
    go(queueAddress(queue, { ...(cursor ? { cursor } : {}), open: row.reference }));
  };
  const name = words.queues.names[queue];
  const late = queues?.counts.overdue ?? 0;
  const changed = read?.count !== undefined && count !== undefined && read.count !== count;
  return (
    <div class={page?.rows.length ? 'queue-page with-pane' : 'queue-page'}>
      <div class="queue-work">
        <div class="queue-head">
          <Heading title={name} arrived={`${queue} ${cursor ?? ''}`} />
          {count !== undefined && (
            <p class="small">
              {words.queues.count(count)}
              {queue === 'open' && late > 0 && `, ${words.queues.late(late)}`}
            </p>
          )}
          {read && (
            <p class="small freshness">
              <button type="button" class="minor" onClick={refresh}>
                {changed ? words.queues.changed : words.queues.refresh}
              </button>{' '}
              {words.queues.updated(format.time(read.at))}
            </p>
          )}
        </div>
        {!page ? (
          <Loading words={words.queues.loading} />
        ) : page.rows.length === 0 ? (
          <div class="empty">
            <p>
              <strong>{words.queues.empty[queue]}</strong>
            </p>
            {queue !== 'open' && queues && (
              <p>
                {words.queues.emptyNear(queues.counts.open)} <a href={queueAddress('open')}>{words.queues.emptyOpen}</a>
              </p>
            )}
          </div>
        ) : (
          <>
            <p class="small key">
              {words.queues.key} <strong>{words.queues.keyStrong}</strong> {words.queues.keyLate}
            </p>
            <Table rows={page.rows} caption={words.queues.caption(name)} sorted open={open} onFollow={follow} />
            <nav class="pages small" aria-label={words.queues.caption(name)}>
              {cursor && <a href={queueAddress(queue)}>{words.queues.first}</a>}
              {page.next && <a href={queueAddress(queue, { cursor: page.next })}>{words.queues.next}</a>}
              <span>{words.queues.zone(format.zoneName(serverNow()))}</span>
            </nav>
          </>
        )}
      </div>
      {page && page.rows.length > 0 && matchMedia(WIDE).matches && <ReadingPane reference={open} />}
    </div>
  );
}
