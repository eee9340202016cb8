/** People, training and money; and what of it is missing today. */
import { useCallback } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { amountOf, plainNumber } from '../format';
import { Notice, Select, Text } from '../parts/fields';
import { useReading } from '../parts/reading';
import { people } from '../parts/staff';
import { Rows } from '../rules/rows';
import { CURRENCIES, type Content, type Role } from '../shapes';
import { Register } from './register';

type Training = Content<'resources'>['trainings'][number];
type Budget = Content<'resources'>['budgets'][number];
const NO_TRAINING: Training = { sub: '', course: '', on: '', valid_until: null };

export function Resources() {
  const { words, language } = useDesk();
  const texts = useLaterWords().framework.resources;
  const read = useCallback(async () => ({ staff: await api.staff(), lacking: await api.lacking() }), []);
  const { found, again } = useReading(read);
  const roles = Object.keys(words.roles) as Role[];
  return (
    <Register
      name="resources"
      onSaved={again}
      draftOf={(kept) => ({
        needed: Object.fromEntries(roles.map((role) => [role, String((kept?.needed as Partial<Record<Role, number>>)?.[role] ?? '')])) as Record<Role, string>,
        trainings: kept?.trainings ?? [],
        budgets: (kept?.budgets ?? []).map((one) => ({ ...one, year: String(one.year), amount: amountOf(String(one.amount), language) })),
      })}
      contentOf={(draft) => ({
        needed: Object.fromEntries(roles.filter((role) => draft.needed[role].trim()).map((role) => [role, whole(draft.needed[role])])),
        trainings: draft.trainings.map((one) => ({ ...one, valid_until: one.valid_until || null })),
        budgets: draft.budgets.map((one) => ({ ...one, year: whole(one.year), amount: plainNumber(String(one.amount)) })),
      })}
      above={found && <Lacks {...found.lacking} />}
    >
      {(draft, set) => (
        <>
          <section aria-labelledby="needed">
            <h2 id="needed">{texts.needed}</h2>
            <p class="small">{texts.neededMore}</p>
            <div class="pair">
              {roles.map((role) => (
                <Text
                  key={role}
                  pointer={`/content/needed/${role}`}
                  label={words.roles[role]}
                  value={draft.needed[role]}
                  onValue={(many) => set({ needed: { ...draft.needed, [role]: many } })}
                  inputMode="numeric"
                  class="short"
                />
              ))}
            </div>
          </section>
          <section aria-labelledby="trainings">
            <h2 id="trainings">{texts.trainings}</h2>
            <Rows items={draft.trainings} onItems={(trainings) => set({ trainings })} blank={NO_TRAINING} add={texts.trainingAdd} name={({ course }) => course || texts.training}>
              {(row, change, index) => (
                <div class="in-row">
                  <Select pointer={`/content/trainings/${index}/sub`} label={texts.whom} value={row.sub} onValue={(sub) => change({ ...row, sub })} choices={found ? people(found.staff, [row.sub], words) : []} />
                  <Text pointer={`/content/trainings/${index}/course`} label={texts.course} value={row.course} onValue={(course) => change({ ...row, course })} />
                  <Text pointer={`/content/trainings/${index}/on`} label={texts.on} type="date" value={row.on} onValue={(on) => change({ ...row, on })} />
                  <Text
                    pointer={`/content/trainings/${index}/valid_until`}
                    label={texts.validUntil}
                    optional
                    type="date"
                    value={row.valid_until ?? ''}
                    onValue={(valid_until) => change({ ...row, valid_until })}
                  />
                </div>
              )}
            </Rows>
          </section>
          <section aria-labelledby="budgets">
            <h2 id="budgets">{texts.budgets}</h2>
            <Rows
              items={draft.budgets}
              onItems={(budgets) => set({ budgets })}
              blank={{ year: '', amount: '', currency: CURRENCIES[0] as Budget['currency'] }}
              add={texts.budgetAdd}
              name={({ year }) => year || texts.budget}
            >
              {(row, change, index) => (
                <div class="in-row">
                  <Text pointer={`/content/budgets/${index}/year`} label={texts.year} value={row.year} onValue={(year) => change({ ...row, year })} inputMode="numeric" class="short" />
                  <Text pointer={`/content/budgets/${index}/amount`} label={texts.amount} value={String(row.amount)} onValue={(amount) => change({ ...row, amount })} inputMode="decimal" />
                  <Select
                    pointer={`/content/budgets/${index}/currency`}
                    label={texts.currency}
                    value={row.currency}
                    onValue={(currency) => change({ ...row, currency })}
                    choices={CURRENCIES.map((one) => [one, one] as const)}
                  />
                </div>
              )}
            </Rows>
          </section>
        </>
      )}
    </Register>
  );
}

/** What does not look like a whole number goes as it was typed: the server names the field. */
const whole = (text: string): unknown => (/^\d+$/.test(text.trim()) ? Number(text) : text);

function Lacks({ vacant, untrained }: { vacant: Record<string, number>; untrained: string[] }) {
  const { words } = useDesk();
  const texts = useLaterWords().framework.resources;
  const open = Object.entries(vacant);
  if (!open.length && !untrained.length) return null;
  return (
    <Notice kind="soon" title={texts.missing}>
      {open.map(([role, many]) => texts.vacant(words.roles[role as Role], many)).join(' · ')}
      {open.length > 0 && untrained.length > 0 && <br />}
      {untrained.length > 0 && texts.untrained(untrained.join(', '))}
    </Notice>
  );
}
