/** A list that is written row by row. Who may only read gets the rows without the buttons. */
import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { useDesk } from '../desk';
import { PlainContext } from '../parts/fields';

interface RowsProps<T> {
  items: readonly T[];
  onItems: (items: T[]) => void;
  /** What the button adds; without it there is no button. */
  blank?: T;
  add?: string;
  /** What a row is called where it stands alone: on the button that removes it. */
  name: (item: T, index: number) => string;
  /** The order means something. */
  ordered?: boolean;
  /** Short rows inside a row: the button is a link. */
  short?: boolean;
  children: (item: T, change: (item: T) => void, index: number) => ComponentChildren;
}

export function Rows<T>({ items, onItems, blank, add, name, ordered, short, children }: RowsProps<T>) {
  const { words } = useDesk();
  const plain = useContext(PlainContext);
  if (plain && !items.length) return <p class="quiet">{words.none}</p>;
  return (
    <>
      <ul class="rows">
        {items.map((item, index) => (
          <li key={index}>
            {children(item, (changed) => onItems(items.map((other, at) => (at === index ? changed : other))), index)}
            {!plain && (
              <p class="row-acts">
                {ordered && index > 0 && (
                  <button
                    type="button"
                    class="minor"
                    aria-label={`${words.form.up}: ${name(item, index)}`}
                    onClick={() => onItems([...items.slice(0, index - 1), item, ...items.slice(index - 1, index), ...items.slice(index + 1)])}
                  >
                    {words.form.up}
                  </button>
                )}
                <button
                  type="button"
                  class="minor"
                  aria-label={`${words.form.remove}: ${name(item, index)}`}
                  onClick={() => onItems(items.filter((_, at) => at !== index))}
                >
                  {words.form.remove}
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
      {!plain && blank !== undefined && (
        <button type="button" class={short ? 'minor' : ''} onClick={() => onItems([...items, blank])}>
          {add}
        </button>
      )}
    </>
  );
}
