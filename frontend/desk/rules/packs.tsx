/** The packs: which are in use, which one leads, who vouches for them, and the words that a regulator prescribes. */
import { useContext } from 'preact/hooks';
import { serverNow, useDesk, useLaterWords } from '../desk';
import { CODES } from '../language';
import { PlainContext, Select, Text } from '../parts/fields';
import type { Confirmation, Pack } from '../shapes';
import { stem, type Draft, type Set } from './draft';
import { Rows } from './rows';

interface Props {
  draft: Draft;
  set: Set;
  packs: Pack[];
}

/** The packs and variants that points may stand under, as the draft has it. */
const inUse = (draft: Draft, packs: Pack[]): Pack[] => packs.filter(({ id }) => draft.packs.includes(id) || draft.packs.includes(stem(id)));

export function Packs({ draft, set, packs }: Props) {
  const texts = useLaterWords().rules;
  const chosen = draft.packs.flatMap((id) => packs.filter((pack) => pack.id === id));
  const others = packs.filter(({ id }) => !draft.packs.includes(id));
  if (!packs.length) return <bdi>{draft.packs.join(', ')}</bdi>;
  const show = (pack: Pack) => <One key={pack.id} pack={pack} draft={draft} set={set} />;
  return (
    <>
      <p class="small">{texts.packsMore}</p>
      {chosen.map(show)}
      <details class="others">
        <summary>{texts.otherPacks(others.length)}</summary>
        {others.map(show)}
      </details>
    </>
  );
}

function One({ pack, draft, set }: { pack: Pack; draft: Draft; set: Set }) {
  const { words, format, language, me } = useDesk();
  const texts = useLaterWords().rules;
  const plain = useContext(PlainContext);
  const { id } = pack;
  const base = stem(id);
  const place = draft.packs.indexOf(id);
  const confirmed = draft.confirmed[base];
  const review = draft.legal_reviews[base];
  const free = pack.selectable || !!confirmed?.words;
  const today = format.isoDay(serverNow());
  const blank: Confirmation = { by: me.name, on: today, words: '' };
  const choose = (ids: string[]) => set({ packs: ids });
  const prescribed = [...new Set([...pack.needs, ...Object.keys(draft.prescribed).filter((key) => stem(key) === base).map((key) => key.slice(base.length + 1))])];
  return (
    <details class="pack">
      <summary>
        <strong>{pack.title[language]}</strong> {place === 0 && <span class="state ours">{texts.leads}</span>}
        <span class="small">
          <bdi>
            {id} v{pack.version}
          </bdi>
          {` · ${texts.statuses[pack.status]} · ${texts.confidences[pack.confidence]} · `}
          {texts.legalReview(review?.words ? `${review.by}, ${format.date(review.on)}` : texts.legalReviewNone)}
        </span>
      </summary>
      {pack.needs.length > 0 && (
        <div class="notice soon">
          <p>{texts.needs}</p>
        </div>
      )}
      <ul class="limits">
        {pack.limits[language].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {pack.note && <p class="small">{pack.note[language]}</p>}
      <p class="small">
        {texts.inForce(format.date(pack.effective_from))}
        {pack.sources.map((source, index) => (
          <span key={source}>
            {' '}
            <a href={source} rel="noreferrer" target="_blank">
              {texts.source(index + 1)}
            </a>
          </span>
        ))}
      </p>
      {!plain && (
        <p class="buttons">
          {place < 0 && free && (
            <button type="button" onClick={() => choose([...draft.packs, id])}>
              {texts.use}
            </button>
          )}
          {place > 0 && (
            <button type="button" onClick={() => choose([id, ...draft.packs.filter((other) => other !== id)])}>
              {texts.lead}
            </button>
          )}
          {place >= 0 && draft.packs.length > 1 && (
            <button type="button" onClick={() => choose(draft.packs.filter((other) => other !== id))}>
              {texts.drop}
            </button>
          )}
          {place < 0 && !free && <span class="small">{texts.draftFirst}</span>}
        </p>
      )}
      {id === base && (
        <>
          {pack.status === 'draft' && (
            <Vouched
              title={texts.confirm}
              pointer={`/confirmed/${id}`}
              value={confirmed ?? blank}
              onValue={(value) => set({ confirmed: { ...draft.confirmed, [id]: value } })}
            />
          )}
          <Vouched
            title={texts.recordReview}
            pointer={`/legal_reviews/${id}`}
            value={review ?? { ...blank, by: '' }}
            onValue={(value) => set({ legal_reviews: { ...draft.legal_reviews, [id]: value } })}
          />
          {prescribed.map((name) => {
            const key = `${id}/${name}`;
            const text = draft.prescribed[key] ?? { words: {}, checked_on: today };
            const change = (part: Partial<typeof text>) => set({ prescribed: { ...draft.prescribed, [key]: { ...text, ...part } } });
            return (
              <fieldset class="point" key={key}>
                <legend>
                  {texts.prescribed} <bdi class="quiet">{name}</bdi>
                </legend>
                <div class="pair">
                  {CODES.map((code) => (
                    <Text
                      key={code}
                      pointer={`/prescribed/${key}/words/${code}`}
                      label={words.languages[code]}
                      value={text.words[code] ?? ''}
                      onValue={(changed) => change({ words: { ...text.words, [code]: changed } })}
                      rows={4}
                      lang={code}
                      letter
                    />
                  ))}
                </div>
                <Text
                  pointer={`/prescribed/${key}/checked_on`}
                  label={texts.checkedOn}
                  hint={texts.checkedHint}
                  type="date"
                  value={text.checked_on}
                  onValue={(checked_on) => change({ checked_on })}
                />
              </fieldset>
            );
          })}
        </>
      )}
    </details>
  );
}

/** Who vouched, when, and on what ground. */
function Vouched({ title, pointer, value, onValue }: { title: string; pointer: string; value: Confirmation; onValue: (value: Confirmation) => void }) {
  const texts = useLaterWords().rules;
  if (useContext(PlainContext) && !value.words) return null;
  return (
    <details class="others">
      <summary>{title}</summary>
      <div class="in-row">
        <Text pointer={`${pointer}/by`} label={texts.who} value={value.by} onValue={(by) => onValue({ ...value, by })} />
        <Text pointer={`${pointer}/on`} label={texts.on} type="date" value={value.on} onValue={(on) => onValue({ ...value, on })} />
      </div>
      <Text pointer={`${pointer}/words`} label={texts.ground} value={value.words} onValue={(words) => onValue({ ...value, words })} rows={2} />
    </details>
  );
}

/** Which pack a kind of problem usually stands under, where it is not the first. */
export function ByCategory({ draft, set, packs }: Props) {
  const { language } = useDesk();
  const texts = useLaterWords().rules;
  const choices = packs.length ? inUse(draft, packs).map(({ id, title }) => [id, `${title[language]} (${id})`] as const) : draft.packs.map((id) => [id, id] as const);
  const name = (category: string) => draft.categories.find(({ number }) => String(number) === category)?.name[language] ?? texts.category;
  if (choices.length < 2) return <p class="quiet">{texts.onePack}</p>;
  return (
    <>
      <p class="small">{texts.byCategoryMore}</p>
      <Rows
        items={draft.by_category}
        onItems={(by_category) => set({ by_category })}
        blank={{ category: '', pack: '' }}
        add={texts.categoryAdd}
        name={({ category }) => name(category)}
      >
        {(row, change, index) => (
          <div class="in-row">
            <Select
              pointer={`/by_category/row-${index}`}
              label={texts.category}
              value={row.category}
              onValue={(category) => change({ ...row, category })}
              choices={draft.categories.map(({ number, name }) => [String(number), name[language] ?? ''] as const)}
            />
            <Select
              pointer={`/by_category/${row.category || `pack-${index}`}`}
              label={texts.categoryPack}
              value={row.pack}
              onValue={(pack) => change({ ...row, pack })}
              choices={choices}
            />
          </div>
        )}
      </Rows>
    </>
  );
}
