/** The next move: what it is, what follows from it, which letter leaves. Only moves the API has offered are shown. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../desk';
import type { Complaint, Move } from '../shapes';
import type { Words } from '../words/en';
import { FORMS } from './forms';

type Offer = Complaint['moves'][number];

/** Whether the next word is the complainant's, so that no act of ours may look like the expected one. */
const theirMove = (complaint: Complaint): boolean => complaint.state === 'decided' && !complaint.flags.includes('disputed');

const expectedOf = (complaint: Complaint): Offer | undefined =>
  theirMove(complaint) ? undefined : complaint.moves.find((offer) => offer.expected);

/** Moves of which the dates that change, and the letter that leaves, are shown before they are made. */
export const SEEN_FIRST: readonly Move[] = ['assess', 'reassess', 'extend', 'pause', 'resume'];

/** What a move leads to, and what the complainant gets to read because of it. */
export function consequence(offer: Offer, complaint: Complaint, words: Words): string {
  const letter = !offer.letter
    ? SEEN_FIRST.includes(offer.move)
      ? words.changes.first
      : words.complaint.noLetter
    : complaint.by_mail
      ? words.letterGoes(words.letters[offer.letter])
      : words.letterNoEmail;
  return `${words.moves[offer.move].does} ${letter}`;
}

export function NextTitle({ complaint }: { complaint: Complaint }) {
  const { words } = useDesk();
  const expected = expectedOf(complaint);
  const heading = theirMove(complaint)
    ? words.complaint.waiting
    : expected
      ? words.complaint.next(words.moves[expected.move].next)
      : words.complaint.nothing;
  return (
    <>
      <h2 tabIndex={-1} id="next-title">
        {heading}
      </h2>
      <p class="small">{expected ? consequence(expected, complaint, words) : words.complaint.nothingWhy[complaint.state]}</p>
    </>
  );
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

interface Props {
  complaint: Complaint;
  onMoved: (complaint: Complaint) => void;
  onConflict: (current: Complaint) => void;
  conflict: ComponentChildren;
}

export function NextMove({ complaint, onMoved, onConflict, conflict }: Props) {
  const { words, say } = useDesk();
  // The offer is kept whole: after a conflict it may be gone from the complaint while its form, with the words in it, is open.
  const [chosen, setChosen] = useState<Offer | null>(null);
  // What was done before is said and done once the next move begins.
  const choose = (offer: Offer) => {
    say('');
    setChosen(offer);
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
        {!offered && <p class="message">{words.conflict.gone}</p>}
        <Form
          complaint={complaint}
          offer={offered ?? chosen}
          onConflict={onConflict}
          onCancel={() => {
            returnTo.current = chosen.move;
            setChosen(null);
          }}
          onMoved={(found) => {
            returnTo.current = 'title';
            setChosen(null);
            onMoved(found);
            say(words.moves[chosen.move].done);
          }}
        />
      </div>
    );
  }

  const expected = expectedOf(complaint);
  // While the complainant has the word, recording either answer is an equal choice.
  const equal = theirMove(complaint) ? complaint.moves.filter(({ move }) => move === 'accept' || move === 'dispute') : [];
  const others = complaint.moves.filter((offer) => offer !== expected && !equal.includes(offer));
  return (
    <div class="next" ref={place}>
      {conflict}
      <NextTitle complaint={complaint} />
      {(expected || equal.length > 0 || others.length > 0) && (
        <div class="buttons">
          {expected && (
            <button type="button" class="filled" data-move={expected.move} onClick={() => choose(expected)}>
              {words.moves[expected.move].act}
            </button>
          )}
          {equal.map((offer) => (
            <button type="button" key={offer.move} data-move={offer.move} onClick={() => choose(offer)}>
              {words.moves[offer.move].act}
            </button>
          ))}
          {others.length > 0 && (
            <OtherMoves>
              {others.map((offer) => (
                <li key={offer.move}>
                  <button type="button" data-move={offer.move} onClick={() => choose(offer)}>
                    <strong>{words.moves[offer.move].act}</strong>
                    <span class="small">{consequence(offer, complaint, words)}</span>
                  </button>
                </li>
              ))}
            </OtherMoves>
          )}
        </div>
      )}
    </div>
  );
}
