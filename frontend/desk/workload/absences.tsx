/** Who is away, until when, and who stands in. */
import { useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { isMissing, useAttempt } from '../parts/attempt';
import { ErrorsContext, ErrorSummary, Select, Text } from '../parts/fields';
import { maySendOthersAway, type Absence, type StaffMember } from '../shapes';

interface Props {
  absences: Absence[];
  staff: StaffMember[];
  onChanged: (absences: Absence[]) => void;
}

// The pointers of this form, which shares its page and some names with another one.
const AWAY = '/away';

export function Absences({ absences, staff, onChanged }: Props) {
  const { words, format, me, say } = useDesk();
  const { errors, problem, busy, attempt } = useAttempt(AWAY);
  const anybody = maySendOthersAway(me);
  const [who, setWho] = useState(me.id);
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [deputy, setDeputy] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const texts = useLaterWords().workload;

  const submit = (event: Event) => {
    event.preventDefault();
    const missing = [...isMissing('/from', from), ...isMissing('/until', until), ...isMissing('/deputy_id', deputy, 'choice_required')];
    void attempt(missing, async () => {
      onChanged(await api.addAbsence({ staff_id: who, from, until, deputy_id: deputy }));
      setFrom('');
      setUntil('');
      setDeputy('');
      say(texts.awaySaved);
    });
  };
  const remove = ({ id }: Absence) =>
    void attempt([], async () => {
      onChanged(await api.removeAbsence(id));
      // The button is gone with its row.
      heading.current?.focus();
      say(texts.awayRemoved);
    });
  const names = staff.map(({ id, name }) => [id, name] as const);
  return (
    <section>
      <h2 ref={heading} tabIndex={-1}>
        {texts.absences}
      </h2>
      {absences.length ? (
        <ul class="rows">
          {absences.map((absence) => (
            <li key={absence.id}>
              <p>
                <strong>{absence.name}</strong> {format.date(absence.from)} – {format.date(absence.until)}
                <span class="small"> {texts.deputyIs(absence.deputy_name)}</span>
              </p>
              {(anybody || absence.staff_id === me.id) && (
                <button type="button" class="minor" aria-label={`${words.form.remove}: ${absence.name}`} onClick={() => remove(absence)}>
                  {words.form.remove}
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p class="quiet">{texts.absencesNone}</p>
      )}
      <ErrorsContext.Provider value={errors}>
        <form onSubmit={submit} noValidate>
          <ErrorSummary errors={errors} problem={problem} />
          <h3>{anybody ? texts.awayAdd : texts.awayAddSelf}</h3>
          <div class="in-row">
            {anybody && <Select pointer={`${AWAY}/staff_id`} label={texts.person} value={who} onValue={setWho} choices={names} />}
            <Text pointer={`${AWAY}/from`} label={texts.awayFrom} type="date" value={from} onValue={setFrom} />
            <Text pointer={`${AWAY}/until`} label={texts.awayTo} type="date" value={until} onValue={setUntil} />
            <Select pointer={`${AWAY}/deputy_id`} label={texts.deputy} value={deputy} onValue={setDeputy} choices={names.filter(([id]) => id !== who)} />
          </div>
          <p class="buttons">
            <button type="submit">{busy ? words.form.busy : texts.awaySave}</button>
          </p>
        </form>
      </ErrorsContext.Provider>
    </section>
  );
}
