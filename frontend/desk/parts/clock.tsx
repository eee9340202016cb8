/** A promise as a line: the bar runs towards the upright, and what crosses it is late. */
import type { ComponentChildren } from 'preact';
import { useDesk, useNow } from '../desk';
import type { Countdown } from '../format';
import type { Row } from '../shapes';
import { Icon } from './icons';

// In units of the drawing, sixteen to the rem. The upright itself is drawn by the style sheet through the whole cell.
const PROMISE = 100;
const BEYOND = 32;
const STEP = 4;

const SIGNS = { late: 'late', soon: 'soon', wait: 'paused' } as const;

/** `share` is elapsed over allowed time; null when no clock runs. A paused clock is an outline. */
export function Bar({ share, over, paused }: { share: number | null; over: boolean; paused?: boolean }) {
  if (share === null) return <svg class="bar" viewBox="0 0 136 16" aria-hidden="true" focusable="false" />;
  const used = Math.max(1, Math.min(share, 1) * PROMISE);
  // Lateness is drawn to scale up to a cap, and never too short to be seen.
  const late = over ? Math.min(BEYOND, Math.max(2 * STEP, Math.ceil(((share - 1) * PROMISE) / STEP) * STEP)) : 0;
  const hatch = Array.from({ length: late / STEP }, (_, n) => `M${PROMISE + 1 + n * STEP} 12l${STEP} -8`).join('');
  return (
    <svg class="bar" viewBox="0 0 136 16" aria-hidden="true" focusable="false">
      <path class="track" d={`M0 8h${PROMISE}`} />
      <path class="start" d="M0.5 4v8" />
      {paused ? <rect class="paused" x="0.5" y="5" width={used} height="6" /> : <rect class="used" x="0" y="5.5" width={used} height="5" />}
      {late > 0 && (
        <g class="over">
          <rect x={PROMISE + 1} y="4" width={late} height="8" />
          <path d={hatch} />
        </g>
      )}
    </svg>
  );
}

/** The words beside the bar: what remains in bold, under it which clock and when. Complete without the bar. */
export function Remaining({ clock, children }: { clock: Countdown; children: ComponentChildren }) {
  const { format } = useDesk();
  const { urgency, words } = format.remaining(clock, useNow());
  return (
    <div class="remaining">
      <p class={`remaining-words ${urgency}`}>
        {urgency in SIGNS && <Icon name={SIGNS[urgency as keyof typeof SIGNS]} />}
        {words}
      </p>
      <p class="small">{children}</p>
    </div>
  );
}

/** The deadline cell of a queue row: how much is left, of which clock, and until when; or since when none of them runs. */
export function Deadline({ row }: { row: Row }) {
  const { words, format } = useDesk();
  const now = useNow();
  const over = row.late || (row.due !== null && Date.parse(row.due) < now.getTime());
  const paused = row.paused_since !== null;
  return (
    <div class="deadline">
      <Bar share={row.due || paused ? row.share : null} over={over} paused={paused} />
      <Remaining clock={row}>
        {row.due && row.promise ? (
          <>
            {words.promises[row.promise]} · <time dateTime={row.due}>{format.due(row.due, now)}</time>
          </>
        ) : row.paused_since && row.promise ? (
          <>
            {words.promises[row.promise]}
            {row.paused_for && ` · ${words.pauses[row.paused_for]}`}, <time dateTime={row.paused_since}>{words.complaint.pausedSince(format.date(row.paused_since))}</time>
          </>
        ) : row.closed_at ? (
          <time dateTime={row.closed_at}>{words.time.closedOn(format.date(row.closed_at))}</time>
        ) : (
          <time dateTime={row.received_at}>{words.time.receivedOn(format.date(row.received_at))}</time>
        )}
      </Remaining>
    </div>
  );
}
