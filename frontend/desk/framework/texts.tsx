/** Texts that a message to a complainant may begin with. */
import { useDesk, useLaterWords } from '../desk';
import { SpokenTexts, UNSAID } from '../parts/spoken';
import { Rows } from '../rules/rows';
import { Register } from './register';

const BLANK = { title: UNSAID, words: UNSAID };
const MOST = 40;

export function Texts() {
  const { language } = useDesk();
  const texts = useLaterWords().framework.texts;
  return (
    <Register
      name="texts"
      draftOf={(kept) => ({
        texts: (kept?.texts ?? []).map((one) => ({ title: { ...UNSAID, ...one.title }, words: { ...UNSAID, ...one.words } })),
      })}
      contentOf={(draft) => draft}
    >
      {(draft, set) => (
        <section id="field-content-texts" tabIndex={-1} aria-labelledby="texts">
          <h2 id="texts">{texts.list}</h2>
          <p class="small">{texts.listMore}</p>
          <Rows
            items={draft.texts}
            onItems={(rows) => set({ texts: rows })}
            {...(draft.texts.length < MOST ? { blank: BLANK, add: texts.add } : {})}
            name={({ title }, index) => title[language] || texts.text(index + 1)}
            ordered
          >
            {(row, change, index) => (
              <div>
                <SpokenTexts pointer={`/content/texts/${index}/title`} label={texts.name} value={row.title} onValue={(title) => change({ ...row, title })} />
                <SpokenTexts
                  pointer={`/content/texts/${index}/words`}
                  label={texts.words}
                  hint={texts.wordsHint}
                  value={row.words}
                  onValue={(words) => change({ ...row, words })}
                  rows={5}
                />
              </div>
            )}
          </Rows>
        </section>
      )}
    </Register>
  );
}
