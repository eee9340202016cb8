/** Days, hours, targets, and who is told when: everything that is the organisation's own to choose. */
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { Radios, Select, Text, Ticks } from '../parts/fields';
import { useReading } from '../parts/reading';
import { people } from '../parts/staff';
import { TARGETS, TELLS, UNITS, WEEKDAYS, type StaffMember } from '../shapes';
import type { Draft, Rung, Set } from './draft';
import { Rows } from './rows';

interface Props {
  draft: Draft;
  set: Set;
}

const readCalendar = () => api.calendar();

/** The days that the country's calendar takes off, which nobody has to enter. */
function Holidays() {
  const { format } = useDesk();
  const texts = useLaterWords().rules;
  const { found } = useReading(readCalendar);
  if (!found) return null;
  return (
    <details class="others">
      <summary>{texts.holidays(found.name, found.holidays.length)}</summary>
      <ul class="limits">
        {found.holidays.map(({ on, name, from_time }) => (
          <li key={on}>
            {format.date(on)} {from_time && texts.fromTime(from_time.slice(0, 5))} {name}
          </li>
        ))}
      </ul>
    </details>
  );
}

export function OwnDays({ draft, set }: Props) {
  const { format } = useDesk();
  const texts = useLaterWords().rules;
  return (
    <>
      <p class="small">{texts.daysMore}</p>
      <Holidays />
      <Rows
        items={draft.own_days}
        onItems={(own_days) => set({ own_days })}
        blank={{ day: '', name: '' }}
        add={texts.dayAdd}
        name={({ day, name }) => name || (day && format.date(day)) || texts.day}
      >
        {(row, change, index) => (
          <div class="in-row">
            <Text pointer={`/own_days/${row.day || index}`} label={texts.day} type="date" value={row.day} onValue={(day) => change({ ...row, day })} />
            <Text pointer={`/own_days/${index}/name`} label={texts.dayName} value={row.name} onValue={(name) => change({ ...row, name })} />
          </div>
        )}
      </Rows>
    </>
  );
}

const WORKING = { opens: '09:00', closes: '18:00' };

export function Hours({ draft, set }: Props) {
  const texts = useLaterWords().rules;
  const { hours } = draft;
  return (
    <>
      <Radios
        pointer="/hours/whose"
        label={texts.hoursOf}
        value={hours ? 'own' : 'calendar'}
        onValue={(whose) =>
          set({ hours: whose === 'own' ? Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [WORKING]])) : null })
        }
        choices={[
          ['calendar', texts.hoursCalendar],
          ['own', texts.hoursOwn],
        ]}
        row
      />
      {hours &&
        WEEKDAYS.map((day) => {
          const intervals = hours[day] ?? [];
          return (
            <fieldset class="compact target" key={day}>
              <legend>
                {texts.weekdays[day]} {!intervals.length && <span class="quiet">· {texts.closed}</span>}
              </legend>
              <Rows
                items={intervals}
                onItems={(changed) => set({ hours: { ...hours, [day]: changed } })}
                blank={WORKING}
                add={texts.intervalAdd}
                name={(_, index) => `${texts.weekdays[day]} ${index + 1}`}
                short
              >
                {(row, change, index) => (
                  <div class="in-row">
                    <Text pointer={`/hours/${day}/${index}/opens`} label={texts.opens} type="time" value={row.opens} onValue={(opens) => change({ ...row, opens })} />
                    <Text pointer={`/hours/${day}/${index}/closes`} label={texts.closes} type="time" value={row.closes} onValue={(closes) => change({ ...row, closes })} />
                  </div>
                )}
              </Rows>
            </fieldset>
          );
        })}
    </>
  );
}

export function Targets({ draft, set }: Props) {
  const { words } = useDesk();
  const texts = useLaterWords().rules;
  return (
    <>
      <p class="small">{texts.targetsMore}</p>
      {TARGETS.map((name) => {
        const limit = draft.targets[name] ?? { count: '', unit: 'hour' as const };
        const change = (part: Partial<typeof limit>) => set({ targets: { ...draft.targets, [name]: { ...limit, ...part } } });
        return (
          <fieldset class="compact target" key={name}>
            <legend>{texts.targetNames[name] ?? words.priority(Number(name))}</legend>
            <div class="in-row">
              <Text pointer={`/targets/${name}/count`} label={texts.number} value={limit.count} onValue={(count) => change({ count })} inputMode="numeric" class="short" />
              <Select
                pointer={`/targets/${name}/unit`}
                label={texts.unit}
                value={limit.unit}
                onValue={(unit) => change({ unit })}
                choices={UNITS.map((unit) => [unit, texts.units[unit]] as const)}
              />
            </div>
          </fieldset>
        );
      })}
      <Text pointer="/ceiling" label={texts.ceiling} hint={texts.ceilingHint} value={draft.ceiling} onValue={(ceiling) => set({ ceiling })} inputMode="numeric" class="short" />
    </>
  );
}

/** Who is told when a promise comes near, and when it was not kept. */
export function Ladder({ of, draft, set }: Props & { of: 'ladder' | 'urgent_ladder' }) {
  const { words } = useDesk();
  const texts = useLaterWords().rules;
  return (
    <Rows<Rung>
      items={draft[of]}
      onItems={(rungs) => set({ [of]: rungs })}
      blank={{ at: 'share', count: '', tell: [] }}
      add={texts.rungAdd}
      name={(_, index) => texts.rung(index + 1)}
    >
      {(rung, change, index) => (
        <fieldset class="compact">
          <legend>{texts.rung(index + 1)}</legend>
          <div class="in-row">
            <Text
              pointer={`/${of}/${index}/${rung.at}`}
              label={texts.rungAt}
              value={rung.count}
              onValue={(count) => change({ ...rung, count })}
              inputMode="numeric"
              class="short"
            />
            <Select
              pointer={`/${of}/${index}/at`}
              label={texts.rungOf}
              value={rung.at}
              onValue={(at) => change({ ...rung, at })}
              choices={[
                ['share', texts.rungShare],
                ['later', texts.rungLater],
              ]}
            />
          </div>
          <Ticks
            pointer={`/${of}/${index}/tell`}
            label={texts.rungTell}
            value={rung.tell}
            onValue={(tell) => change({ ...rung, tell })}
            choices={TELLS.map((who) => [who, words.tells[who]] as const)}
            row
          />
        </fieldset>
      )}
    </Rows>
  );
}

export function OnCall({ draft, set, staff }: Props & { staff: StaffMember[] }) {
  const { words } = useDesk();
  const texts = useLaterWords().rules;
  const choices = people(staff, draft.roster, words);
  const name = (id: string) => new Map(choices).get(id) ?? words.complaint.formerStaff;
  return (
    <>
      <p class="small">{texts.rosterMore}</p>
      <Rows items={draft.roster} onItems={(roster) => set({ roster })} blank="" add={texts.rosterAdd} name={name} ordered>
        {(id, change, index) => <Select pointer={`/roster/${index}`} label={texts.turn(index + 1)} value={id} onValue={change} choices={choices} />}
      </Rows>
    </>
  );
}

export function Digest({ draft, set }: Props) {
  const texts = useLaterWords().rules;
  return (
    <>
      <p class="small">{texts.digestMore}</p>
      <Rows items={draft.digest_at} onItems={(digest_at) => set({ digest_at })} blank="" add={texts.timeAdd} name={(time) => time || texts.time}>
        {(time, change, index) => (
          <div class="compact">
            <Text pointer={`/digest_at/${index}`} label={texts.time} type="time" value={time} onValue={change} />
          </div>
        )}
      </Rows>
    </>
  );
}
