/** What this person can do now, and what is kept from them and why. Only moves the API has offered are shown. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../desk';
import { Notice } from '../parts/fields';
import { DrawerContext, forget, keptAbout } from '../parts/kept';
import type { Complaint, Move } from '../shapes';
import type { Words } from '../words/en';
import { FORMS } from './forms';
import { ANSWERS, barredOf, brief, CHAPTER_OF, CHAPTERS, consequence, expectedOf, theirMove, WAY_OUT, type Offer } from './moves';
import { mayApprove, sums, useLimits } from './remedy';

/** Why there is nothing to do here for whoever looks. */
function whyNothing(complaint: Complaint, words: Words): string {
  if (complaint.state === 'deciding' && complaint.declining) return words.complaint.decliningWhy;
  if (complaint.state === 'decided' && complaint.flags.includes('disputed')) return words.complaint.disputedWhy;
  return words.complaint.nothingWhy[complaint.state];
}

export function NextTitle({ complaint }: { complaint: Complaint }) {
  const { words } = useDesk();
  const expected = expectedOf(complaint);
  const barred = barredOf(complaint)[0];
  const next = expected ?? barred;
  const disputed = complaint.flags.includes('disputed');
  const heading = theirMove(complaint)
    ? disputed
      ? words.complaint.disputedTitle
      : words.complaint.waiting
    : next
      ? words.complaint.next(words.moves[next.move].next)
      : words.complaint.nothing;
  return (
    <>
      <h2 tabIndex={-1} id="next-title">
        {heading}
      </h2>
      {expected ? <p class="small">{consequence(expected, complaint, words)}</p> : !barred && <p class="small">{whyNothing(complaint, words)}</p>}
      {!expected && barred && <Hindrance complaint={complaint} barred={barred} />}
    </>
  );
}

/** Who else may do what this person may not. */
const APPROVERS = ['lead', 'management-representative', 'top-management'] as const;
const ELSE = {
  confirm_decline: APPROVERS,
  approve: APPROVERS,
  verify: ['handler', ...APPROVERS],
  propose: ['reviewer', 'lead', 'management-representative'],
} as const;

/** What keeps the next move back, in words, and what to do about it. */
function Hindrance({ complaint, barred }: { complaint: Complaint; barred: Complaint['barred'][number] }) {
  const { words } = useDesk();
  const { move, reason } = barred;
  const others = ['second_person', 'took_part', 'handled_before', 'conflict', 'declined_before'].includes(reason) && move in ELSE ? ELSE[move as keyof typeof ELSE] : [];
  return (
    <div class="notice wait">
      <p>
        <strong>{words.complaint.notYet}</strong> {words.problems.reasons[reason] ?? words.problems.reasons.state}{' '}
        {others.length > 0 && words.complaint.someoneElse(others.map((role) => words.roles[role]).join(', '))}
        {reason === 'above_limit' && <Enough complaint={complaint} />}
      </p>
    </div>
  );
}

function Enough({ complaint }: { complaint: Complaint }) {
  const { words } = useDesk();
  const limits = useLimits();
  const costs = sums(complaint.points.flatMap(({ remedy }) => remedy ?? []));
  return <>{limits && words.complaint.mayApprove(mayApprove(costs, limits).map((role) => words.roles[role]).join(', '))}</>;
}

/** The moves that are open but not expected; Escape or a press elsewhere puts the list away. */
function OtherMoves({ children }: { children: ComponentChildren }) {
  const { words } = useDesk();
  const list = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const elsewhere = (event: Event) => {
      const at = list.current;
      if (at?.open && event.target instanceof Node && !at.contains(event.target)) at.open = false;
    };
    addEventListener('pointerdown', elsewhere);
    addEventListener('focusin', elsewhere);
    return () => {
      removeEventListener('pointerdown', elsewhere);
      removeEventListener('focusin', elsewhere);
    };
  }, []);
  const put = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !list.current?.open) return;
    list.current.open = false;
    list.current.querySelector('summary')?.focus();
  };
  return (
    <details class="moves" ref={list} onKeyDown={put}>
      <summary>{words.complaint.otherMoves}</summary>
      <ul>{children}</ul>
    </details>
  );
}

/** A form that was begun, and the complaint as it stood then. */
interface Begun {
  offer: Offer;
  version: number;
}

interface Props {
  complaint: Complaint;
  onMoved: (complaint: Complaint) => void;
  onConflict: (current: Complaint) => void;
  conflict: ComponentChildren;
}

export function NextMove({ complaint, onMoved, onConflict, conflict }: Props) {
  const { words, say } = useDesk();
  const drawer = `${complaint.reference}.move`;
  // What was being written when the page was left or the session ended stands open again.
  const [begun] = useState(() => keptAbout<Begun>(drawer));
  const [since] = useState(begun !== null && begun.version !== complaint.version);
  // The offer is kept whole: after a conflict it may be gone from the complaint while its form, with the words in it, is open.
  const [chosen, setChosen] = useState<Offer | null>(begun && begun.offer);
  const restored = chosen !== null && chosen === begun?.offer;
  // What was done before is said and done once the next move begins.
  const choose = (offer: Offer) => {
    say('');
    setChosen(offer);
  };
  const putAway = (to: Move | 'title') => {
    returnTo.current = to;
    forget(drawer);
    setChosen(null);
  };
  const place = useRef<HTMLDivElement>(null);
  const returnTo = useRef<Move | 'title' | null>(null);

  useEffect(() => {
    if (chosen || !returnTo.current) return;
    const goal = returnTo.current === 'title' ? '#next-title' : `[data-move="${returnTo.current}"]`;
    const button = place.current?.querySelector<HTMLElement>(goal);
    // A button in the closed list of other moves cannot take the focus; the list's own can.
    (button?.closest('details')?.querySelector('summary') ?? button)?.focus();
    returnTo.current = null;
  }, [chosen]);

  if (chosen) {
    const Form = FORMS[chosen.move];
    const offered = complaint.moves.find((offer) => offer.move === chosen.move);
    return (
      <div class="next" ref={place}>
        {conflict}
        {restored && (
          <Notice kind={since ? 'late' : 'information'} title={words.conflict.restored}>
            {since && words.conflict.since}
          </Notice>
        )}
        {!offered && <p class="message">{words.conflict.gone}</p>}
        <DrawerContext.Provider value={{ name: drawer, about: { offer: chosen, version: complaint.version } satisfies Begun, restored }}>
          <Form
            complaint={complaint}
            offer={offered ?? chosen}
            onConflict={onConflict}
            onCancel={() => putAway(chosen.move)}
            onMoved={(found) => {
              putAway('title');
              onMoved(found);
              say(words.moves[chosen.move].done);
            }}
          />
        </DrawerContext.Provider>
      </div>
    );
  }

  const expected = expectedOf(complaint);
  // What takes the hindrance away is the thing to do; it does not stand among the other moves again.
  const ways = new Set(barredOf(complaint).map(({ reason }) => WAY_OUT[reason]));
  const wayOut = expected ? undefined : complaint.moves.find(({ move }) => ways.has(move));
  const filled = expected ?? wayOut;
  // While the complainant has the word, recording either answer is an equal choice.
  const equal = theirMove(complaint) ? complaint.moves.filter(({ move }) => ANSWERS.includes(move)) : [];
  const others = complaint.moves.filter((offer) => offer !== filled && !equal.includes(offer));
  return (
    <div class="next" ref={place}>
      {conflict}
      <NextTitle complaint={complaint} />
      {(filled || equal.length > 0 || others.length > 0) && (
        <div class="buttons">
          {filled && (
            <button type="button" class="filled" data-move={filled.move} onClick={() => choose(filled)}>
              {words.moves[filled.move].act}
            </button>
          )}
          {equal.map((offer) => (
            <button type="button" key={offer.move} data-move={offer.move} onClick={() => choose(offer)}>
              {words.moves[offer.move].act}
            </button>
          ))}
          {others.length > 0 && (
            <OtherMoves>
              {CHAPTERS.map((chapter) => {
                const inIt = others.filter(({ move }) => CHAPTER_OF[move] === chapter);
                return (
                  inIt.length > 0 && (
                    <li key={chapter}>
                      <p class="chapter" id={`chapter-${chapter}`}>
                        {words.chapters[chapter]}
                      </p>
                      <ul aria-labelledby={`chapter-${chapter}`}>
                        {inIt.map((offer) => (
                          <li key={offer.move}>
                            <button type="button" data-move={offer.move} onClick={() => choose(offer)}>
                              <strong>{words.moves[offer.move].act}</strong>
                              <span class="small">{brief(offer, complaint, words)}</span>
                            </button>
                          </li>
                        ))}
                      </ul>
                    </li>
                  )
                );
              })}
            </OtherMoves>
          )}
        </div>
      )}
    </div>
  );
}
