/** What customers complain of: named in every language, in the order in which it is offered, never deleted. */
import { useDesk, useLaterWords } from '../desk';
import { CODES } from '../language';
import { Text, Tick } from '../parts/fields';
import { UNSAID } from '../parts/spoken';
import type { Category } from '../shapes';
import type { Draft, Set } from './draft';
import { Rows } from './rows';

const FIRST_OWN = 100;

interface Props {
  draft: Draft;
  set: Set;
  /** Those that are in force: they can be put out of use, and stay. */
  known: readonly Category[];
}

export function Categories({ draft, set, known }: Props) {
  const { words, language } = useDesk();
  const texts = useLaterWords().rules;
  const stays = ({ number }: Category) => known.some((one) => one.number === number);
  const next = Math.max(FIRST_OWN - 1, ...draft.categories.map(({ number }) => number)) + 1;
  return (
    <div class="named">
      <p class="small">{texts.categoriesMore}</p>
      <Rows<Category>
        items={draft.categories}
        onItems={(categories) => set({ categories })}
        blank={{ number: next, name: UNSAID, active: true }}
        add={texts.categoryNew}
        name={({ name, number }) => name[language] || String(number)}
        stays={stays}
        ordered
      >
        {(row, change, index) => (
          <>
            <div class="in-row">
              {CODES.map((code) => (
                <Text
                  key={code}
                  pointer={`/categories/${index}/name/${code}`}
                  label={words.languages[code]}
                  value={row.name[code] ?? ''}
                  onValue={(changed) => change({ ...row, name: { ...row.name, [code]: changed } })}
                  lang={code}
                  wide
                />
              ))}
            </div>
            <Tick pointer={`/categories/${index}/active`} label={texts.categoryActive} value={row.active} onValue={(active) => change({ ...row, active })} />
          </>
        )}
      </Rows>
    </div>
  );
}
