/** What is to be reached, by whom, and where it stands: the system measures, nobody types a result. */
import { useCallback } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { plainNumber } from '../format';
import { Select, Text } from '../parts/fields';
import { useReading } from '../parts/reading';
import { people } from '../parts/staff';
import { Rows } from '../rules/rows';
import type { Content, Standing } from '../shapes';
import { Register } from './register';

type Objective = Content<'objectives'>['objectives'][number];
const MEASURES = ['acknowledged_on_time', 'answered_on_time', 'days_to_answer'] as const;
const PERIODS = ['month', 'quarter', 'year'] as const;
const BLANK = { measure: 'answered_on_time', target: '', period: 'month', owner: '' } as const;

export function Objectives() {
  const { words, format } = useDesk();
  const texts = useLaterWords().framework.objectives;
  const read = useCallback(async () => ({ staff: await api.staff(), standings: await api.standings() }), []);
  const { found, again } = useReading(read);
  return (
    <Register
      name="objectives"
      onSaved={again}
      draftOf={(kept) => ({ objectives: (kept?.objectives ?? []).map((one) => ({ ...one, target: format.number(Number(one.target)) })) as Objective[] })}
      contentOf={({ objectives }) => ({ objectives: objectives.map((one) => ({ ...one, target: plainNumber(String(one.target)) })) })}
    >
      {(draft, set) => (
        <Rows items={draft.objectives} onItems={(objectives) => set({ objectives })} blank={BLANK as Objective} add={texts.add} name={({ measure }) => texts.measures[measure]} ordered>
          {(row, change, index) => (
            <fieldset class="compact-legend">
              <legend>{texts.measures[row.measure]}</legend>
              <div class="in-row">
                <Select
                  pointer={`/content/objectives/${index}/measure`}
                  label={texts.measure}
                  value={row.measure}
                  onValue={(measure) => change({ ...row, measure })}
                  choices={MEASURES.map((one) => [one, texts.measures[one]] as const)}
                />
                <Text
                  pointer={`/content/objectives/${index}/target`}
                  label={texts.target[row.measure]}
                  value={String(row.target)}
                  onValue={(target) => change({ ...row, target })}
                  inputMode="decimal"
                  class="short"
                />
                <Select
                  pointer={`/content/objectives/${index}/period`}
                  label={texts.period}
                  value={row.period}
                  onValue={(period) => change({ ...row, period })}
                  choices={PERIODS.map((one) => [one, texts.periods[one]] as const)}
                />
                <Select pointer={`/content/objectives/${index}/owner`} label={texts.owner} value={row.owner} onValue={(owner) => change({ ...row, owner })} choices={found ? people(found.staff, [row.owner], words) : []} />
              </div>
              <Stands at={found?.standings.find((one) => one.measure === row.measure && one.period === row.period)} />
            </fieldset>
          )}
        </Rows>
      )}
    </Register>
  );
}

/** Measured for what was saved; a row that is being written has none yet. */
function Stands({ at }: { at: Standing | undefined }) {
  const { format } = useDesk();
  const texts = useLaterWords().framework.objectives;
  if (!at) return null;
  if (at.value === null) return <p class="small">{texts.nothingYet}</p>;
  return (
    <p class="small">
      {texts.now} <strong>{texts.values[at.measure](format.number(at.value))}</strong> · {at.reached ? texts.reached : texts.missed}
    </p>
  );
}
