/** A list that is written row by row. Who may only read gets the rows without the buttons. */
import type { ComponentChildren } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { useDesk } from '../desk';
import { PlainContext } from '../parts/fields';

interface RowsProps<T> {
  items: readonly T[];
  onItems: (items: T[]) => void;
  /** What the button adds; without it there is no button. */
  blank?: T;
  add?: string;
  /** What a row is called where it stands alone: on the buttons that move and remove it. */
  name: (item: T, index: number) => string;
  /** The order means something. */
  ordered?: boolean;
  /** Rows that stay: they have no button that removes them. */
  stays?: (item: T) => boolean;
  /** Short rows inside a row: the button is a link. */
  short?: boolean;
  children: (item: T, change: (item: T) => void, index: number) => ComponentChildren;
}

export function Rows<T>({ items, onItems, blank, add, name, ordered, stays, short, children }: RowsProps<T>) {
  const { words, say } = useDesk();
  const plain = useContext(PlainContext);
  const list = useRef<HTMLUListElement>(null);
  const moved = useRef<{ to: number; way: 'up' | 'down' } | null>(null);
  // The focus goes with the row, so that the same key moves it on; at the end of the list it turns round.
  useLayoutEffect(() => {
    const row = moved.current && list.current?.children[moved.current.to];
    const buttons = row && [...row.querySelectorAll<HTMLButtonElement>(':scope > .row-acts > [data-way]')];
    if (buttons) (buttons.find(({ dataset }) => dataset.way === moved.current?.way) ?? buttons[0])?.focus();
    moved.current = null;
  }, [items]);
  if (plain && !items.length) return <p class="quiet">{words.none}</p>;
  const move = (from: number, way: 'up' | 'down') => {
    const to = way === 'up' ? from - 1 : from + 1;
    const order = [...items];
    order.splice(to, 0, ...order.splice(from, 1));
    moved.current = { to, way };
    onItems(order);
    say(words.form.moved(name(items[from] as T, from), to + 1, items.length));
  };
  return (
    <>
      <ul class="rows" ref={list}>
        {items.map((item, index) => {
          const act = (words: string, way: 'up' | 'down') => (
            <button type="button" class="minor" data-way={way} aria-label={`${words}: ${name(item, index)}`} onClick={() => move(index, way)}>
              {words}
            </button>
          );
          return (
            <li key={index}>
              {children(item, (changed) => onItems(items.map((other, at) => (at === index ? changed : other))), index)}
              {!plain && (
                <p class="row-acts">
                  {ordered && index > 0 && act(words.form.up, 'up')}
                  {ordered && index < items.length - 1 && act(words.form.down, 'down')}
                  {!stays?.(item) && (
                    <button
                      type="button"
                      class="minor"
                      aria-label={`${words.form.remove}: ${name(item, index)}`}
                      onClick={() => onItems(items.filter((_, at) => at !== index))}
                    >
                      {words.form.remove}
                    </button>
                  )}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {!plain && blank !== undefined && (
        <button type="button" class={short ? 'minor' : ''} onClick={() => onItems([...items, blank])}>
          {add}
        </button>
      )}
    </>
  );
}
