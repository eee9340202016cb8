/** A queue: what was promised next comes first, and the upright shows lateness down the page. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, type Problem } from '../api';
import { hear, serverNow, useDesk } from '../desk';
import { problemOf } from '../parts/attempt';
import { Icon } from '../parts/icons';
import { later } from '../parts/later';
import { Failed, Heading, Loading } from '../parts/page';
import { FILTERS, go, MOVED, narrowing, queueAddress, rememberQueue } from '../route';
import { QUEUES, type Page, type Queue, type Queues, type Row } from '../shapes';
import type { Words } from '../words/en';
import { Filters } from './filters';
import { Table } from './table';

// From here on there is room to read a complaint beside the queue (1792 pixels at a root of 16).
export const WIDE = '(min-width: 112rem)';

const BulkBar = later(async () => (await import('./bulk')).BulkBar, { inside: true });
const ReadingPane = later(async () => (await import('./pane')).ReadingPane, { inside: true });

type Counts = Queues['counts'];

interface Props {
  queue: Queue;
  cursor: string | null;
  open: string | null;
  /** The order and the filters, as the address has them. */
  narrowed: string;
}

export function QueuePage({ queue, cursor, open, narrowed }: Props) {
  const { words, format, queues, recount, say, lost } = useDesk();
  const texts = words.queues;
  const [page, setPage] = useState<Page | null>(null);
  const [read, setRead] = useState<{ at: Date; counts: Counts | undefined } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [told, setTold] = useState('');
  const [ticked, setTicked] = useState<ReadonlyMap<string, Row>>(new Map());
  const [acting, setActing] = useState(false);
  const asked = useRef({ place: '', narrowed: '' });
  const counted = useRef(queues);
  counted.current = queues;

  const narrow = useMemo(() => narrowing(narrowed), [narrowed]);
  const filtered = FILTERS.some((filter) => narrow[filter]);
  const closed = queue === 'closed' || queue === 'closed_lately';
  const turned = narrow.order === '-due';
  const order = texts.orders[`${turned ? '-' : ''}${closed ? 'closed' : 'due'}`];
  const place = `${queue} ${cursor ?? ''}`;

  const load = useCallback(async () => {
    const question = { place, narrowed };
    const same = asked.current.place === place;
    const turn = same && asked.current.narrowed !== narrowed;
    asked.current = question;
    // What was narrowed or turned stays in sight until the rest is there, and so does the button that did it.
    if (!same) setPage(null);
    setProblem(null);
    setTold('');
    try {
      const found = await api.page(queue, cursor, narrowing(narrowed));
      // Somebody may have gone on to another queue while this one was on its way.
      if (asked.current !== question) return;
      hear(found.now);
      setPage(found);
      setTicked((were) => new Map([...were, ...found.rows.filter(({ reference }) => were.has(reference)).map((row) => [row.reference, row] as const)]));
      setRead({ at: serverNow(), counts: counted.current?.counts });
      if (turn) setTold(texts.told(order, found.rows.length));
    } catch (error) {
      if (asked.current !== question || lost(error)) return;
      setPage(null);
      setProblem(problemOf(error));
    }
  }, [queue, cursor, narrowed, place, order, texts, lost]);

  useEffect(() => {
    rememberQueue(queue, queueAddress(queue, { ...narrowing(narrowed), ...(cursor ? { cursor } : {}) }));
    void load();
  }, [queue, cursor, narrowed]);

  // What was ticked stays so over the pages of one list. Another list begins with nothing.
  const list = `${queue} ${FILTERS.map((filter) => narrow[filter] ?? '').join(' ')}`;
  const listed = useRef(list);
  useEffect(() => {
    if (listed.current === list) return;
    listed.current = list;
    if (ticked.size) say(texts.bulk.cleared(ticked.size));
    untick();
  }, [list]);

  // The counts this page was read at may arrive after the page itself.
  const counts = queues?.counts;
  const count = counts?.[queue];
  useEffect(() => {
    setRead((was) => (was && !was.counts && counts ? { ...was, counts } : was));
  }, [counts, page]);

  const refresh = () => {
    recount();
    void load();
  };

  const untick = () => {
    setTicked(new Map());
    setActing(false);
  };
  const tick = (rows: Row[], on: boolean) => {
    const now = new Map(ticked);
    for (const row of rows) {
      if (on) now.set(row.reference, row);
      else now.delete(row.reference);
    }
    setTicked(now);
    if (on) setActing(true);
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
    go(queueAddress(queue, { ...narrow, ...(cursor ? { cursor } : {}), open: row.reference }));
  };
  const turn = () => {
    const { order, ...filters } = narrow;
    go(queueAddress(queue, order ? filters : { order: '-due', ...filters }));
  };
  const name = texts.names[queue];
  const late = queues?.counts.overdue ?? 0;
  const news = read?.counts && counts && newsOf(queue, read.counts, counts, texts);
  return (
    <div class={page?.rows.length ? 'queue-page with-pane' : 'queue-page'}>
      <div class="queue-work">
        <div class="queue-head">
          <Heading title={name} arrived={place} />
          {count !== undefined && (
            <p class="small">
              {texts.count(count)}
              {queue === 'open' && late > 0 && `, ${texts.late(late)}`}
            </p>
          )}
          {read && (
            <p class="small freshness">
              <button type="button" class="minor" onClick={refresh}>
                {news || texts.refresh}
              </button>{' '}
              {texts.updated(format.time(read.at))}
            </p>
          )}
        </div>
        <div class="narrowing">
          <button type="button" aria-expanded={choosing} aria-controls="filters" onClick={() => setChoosing(!choosing)}>
            {texts.filters.label} <Icon name={choosing ? 'up' : 'down'} />
          </button>
          {(choosing || filtered) && <Filters queue={queue} narrowing={narrow} open={choosing} />}
        </div>
        <p class="hidden" role="status">
          {news || told}
        </p>
        {page && page.rows.length > 0 && (
          <p class="small key">
            {texts.key} <strong>{texts.keyStrong}</strong> {texts.keyLate}
          </p>
        )}
        {acting && (
          <BulkBar
            ticked={[...ticked.values()]}
            onDone={(references) => {
              setTicked(new Map([...ticked].filter(([reference]) => !references.includes(reference))));
              refresh();
            }}
            onClear={() => {
              untick();
              document.getElementById('tick-all')?.focus();
            }}
          />
        )}
        {!page ? (
          <Loading words={texts.loading} />
        ) : page.rows.length === 0 ? (
          <Empty queue={queue} filtered={filtered} more={page.next !== null} />
        ) : (
          <Table
            rows={page.rows}
            caption={texts.caption(name, order)}
            order={{ by: closed ? texts.closedOn : texts.due, ascending: closed === turned, onTurn: turn }}
            ticks={{ has: ({ reference }) => ticked.has(reference), onTick: tick }}
            open={open}
            onFollow={follow}
          />
        )}
        {page && (page.rows.length > 0 || page.next) && (
          <nav class="pages small" aria-label={texts.pages}>
            {cursor && <a href={queueAddress(queue, narrow)}>{texts.first}</a>}
            {page.next && <a href={queueAddress(queue, { ...narrow, cursor: page.next })}>{page.rows.length ? texts.next : texts.on}</a>}
            <span>{texts.zone(format.zoneName(serverNow()))}</span>
          </nav>
        )}
      </div>
      {page && page.rows.length > 0 && matchMedia(WIDE).matches && <ReadingPane reference={open} />}
    </div>
  );
}

/** What has changed since the rows were read, as far as the numbers tell; every move of an open complaint is one of all. */
function newsOf(queue: Queue, before: Counts, now: Counts, texts: Words['queues']): string {
  const more = now[queue] - before[queue];
  if (more > 0) return texts.more(more);
  return more < 0 || (queue === 'open' && QUEUES.some((one) => now[one] !== before[one])) ? texts.changed : '';
}

/** Nothing here: what that means, and the nearest thing that matters. */
function Empty({ queue, filtered, more }: { queue: Queue; filtered: boolean; more: boolean }) {
  const { words, queues } = useDesk();
  const texts = words.queues;
  return (
    <div class="empty">
      <p>
        <strong>{more ? texts.emptySoFar : filtered ? texts.emptyFiltered : texts.empty[queue]}</strong>
      </p>
      {filtered ? (
        queues && <p>{texts.emptyUnfiltered(queues.counts[queue])}</p>
      ) : (
        queue !== 'open' &&
        queues && (
          <p>
            {texts.emptyNear(queues.counts.open)} <a href={queueAddress('open')}>{texts.emptyOpen}</a>
          </p>
        )
      )}
    </div>
  );
}
