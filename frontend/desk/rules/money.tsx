/** What each role may spend, how long others may take, and the figures of years that came after this release. */
import { useDesk, useLaterWords } from '../desk';
import { Select, Text, Tick } from '../parts/fields';
import { CURRENCIES, LIMITED, UNITS, type Figure } from '../shapes';
import { LENGTHS, type Draft, type Length, type Set } from './draft';
import { Rows } from './rows';

interface Props {
  draft: Draft;
  set: Set;
}

/** What one's approval may cost in all. */
export function Limits({ draft, set }: Props) {
  const { words } = useDesk();
  const texts = useLaterWords().rules;
  return (
    <>
      <p class="small">{texts.limitsMore}</p>
      {LIMITED.map((role) => {
        const own = draft.limits[role] ?? {};
        return (
          <fieldset class="target" key={role}>
            <legend>{words.roles[role]}</legend>
            <div class="in-row sums">
              {CURRENCIES.map((currency) => (
                <Text
                  key={currency}
                  pointer={`/limits/${role}/${currency}`}
                  label={currency}
                  value={own[currency] ?? ''}
                  onValue={(amount) => set({ limits: { ...draft.limits, [role]: { ...own, [currency]: amount } } })}
                  inputMode="decimal"
                />
              ))}
            </div>
          </fieldset>
        );
      })}
    </>
  );
}

/** How long a complainant has for a reply and for a review. */
export function Lengths({ draft, set }: Props) {
  const texts = useLaterWords().rules;
  return (
    <>
      <p class="small">{texts.lengthsMore}</p>
      <Tick
        pointer="/reply_within"
        label={texts.replyAsked}
        value={!!draft.reply_within}
        onValue={(asked) => set({ reply_within: asked ? { count: '20', unit: 'working_day', from: 'answered', if_due_on_holiday: 'stays' } : null })}
      />
      {LENGTHS.map((name) => {
        const limit = draft[name];
        if (!limit) return null;
        const change = (part: Partial<Length>) => set({ [name]: { ...limit, ...part } });
        return (
          <fieldset class="compact target" key={name}>
            <legend>{texts.lengths[name]}</legend>
            <div class="in-row">
              <Text pointer={`/${name}/count`} label={texts.number} value={limit.count} onValue={(count) => change({ count })} inputMode="numeric" class="short" />
              <Select pointer={`/${name}/unit`} label={texts.unit} value={limit.unit} onValue={(unit) => change({ unit })} choices={UNITS.map((unit) => [unit, texts.units[unit]] as const)} />
            </div>
          </fieldset>
        );
      })}
    </>
  );
}

/** Figures that a law sets anew for each year. */
export function Figures({ draft, set, figures }: Props & { figures: readonly Figure[] }) {
  const { language, format } = useDesk();
  const texts = useLaterWords().rules;
  return (
    <>
      <p class="small">{texts.figuresMore}</p>
      {figures.map(({ name, title, currency, years, source }) => (
        <fieldset class="point" key={name}>
          <legend>{title[language]}</legend>
          <ul class="limits">
            {Object.entries(years).map(([year, amount]) => (
              <li key={year}>
                {texts.figureKnown(year, format.money(amount, currency))} <a href={source} rel="noreferrer" target="_blank">
                  {texts.source(1)}
                </a>
              </li>
            ))}
          </ul>
          <Rows
            items={draft.values[name] ?? []}
            onItems={(rows) => set({ values: { ...draft.values, [name]: rows } })}
            blank={{ year: '', amount: '' }}
            add={texts.figureAdd}
            name={({ year }) => year || texts.year}
          >
            {(row, change, index) => (
              <div class="in-row">
                <Text pointer={`/values/${name}/${row.year || index}`} label={texts.year} value={row.year} onValue={(year) => change({ ...row, year })} inputMode="numeric" class="short" />
                <Text
                  pointer={`/values/${name}/${row.year || index}/amount`}
                  label={texts.amount(format.currency(currency))}
                  value={row.amount}
                  onValue={(amount) => change({ ...row, amount })}
                  inputMode="decimal"
                />
              </div>
            )}
          </Rows>
        </fieldset>
      ))}
    </>
  );
}
