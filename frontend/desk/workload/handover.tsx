/** Everything that one person has goes to another: when somebody falls ill, leaves, or has too much. */
import { useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { isMissing, useAttempt } from '../parts/attempt';
import { ErrorsContext, ErrorSummary, Select, Text } from '../parts/fields';
import { Reference } from '../parts/labels';
import { complaintAddress } from '../route';
import type { Handover, StaffMember, Workload } from '../shapes';

export function HandOver({ load, staff, onMoved }: { load: Workload; staff: StaffMember[]; onMoved: () => void }) {
  const { words, format, recount } = useDesk();
  const { errors, problem, busy, attempt } = useAttempt();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [done, setDone] = useState<Handover | null>(null);
  const texts = useLaterWords().workload;
  const busyOnes = load.people.filter(({ open }) => open > 0);
  const away = (until: string | null) => (until ? ` · ${words.awayUntil(format.date(until))}` : '');

  const submit = (event: Event) => {
    event.preventDefault();
    setDone(null);
    const missing = [...isMissing('/from', from, 'choice_required'), ...isMissing('/to', to, 'choice_required'), ...isMissing('/reason', reason)];
    void attempt(missing, async () => {
      let so: Handover = { moved: 0, left: Infinity, failed: [] };
      for (let before = Infinity; so.left > 0; ) {
        before = so.left;
        const { moved, left, failed } = await api.handOver({ from, to, reason });
        so = { moved: so.moved + moved, left, failed: [...new Set([...so.failed, ...failed])] };
        setDone(so);
        // Those that cannot be moved stay where they are.
        if (left >= before) break;
      }
      setFrom('');
      setReason('');
      recount();
      onMoved();
    });
  };
  return (
    <section>
      <h2>{texts.handOver}</h2>
      <ErrorsContext.Provider value={errors}>
        <form onSubmit={submit} noValidate>
          <ErrorSummary errors={errors} problem={problem} />
          <p class="small">{texts.handOverMore}</p>
          <div class="in-row">
            <Select
              pointer="/from"
              label={texts.from}
              value={from}
              onValue={setFrom}
              choices={busyOnes.map(({ id, name, open }) => [id, `${name} · ${words.opens(open)}`] as const)}
            />
            <Select
              pointer="/to"
              label={texts.to}
              value={to}
              onValue={setTo}
              choices={staff.filter(({ id }) => id !== from).map(({ id, name, away_until }) => [id, name + away(away_until)] as const)}
            />
          </div>
          <Text pointer="/reason" label={texts.handOverReason} hint={texts.handOverHint} value={reason} onValue={setReason} rows={2} />
          <p class="buttons">
            <button type="submit" class="filled">
              {busy ? words.form.busy : texts.handOverAct}
            </button>
          </p>
          <div role="status">
            {done && (
              <div class={done.failed.length ? 'notice soon' : done.left ? 'notice' : 'notice ok'}>
                <p>
                  <strong>{texts.moved(done.moved)}</strong> {done.left > 0 && texts.left(done.left)}
                </p>
                {done.failed.length > 0 && (
                  <p>
                    {texts.failed}{' '}
                    {done.failed.map((reference) => (
                      <span key={reference}>
                        <a href={complaintAddress(reference)}>
                          <Reference of={reference} />
                        </a>{' '}
                      </span>
                    ))}
                  </p>
                )}
              </div>
            )}
          </div>
        </form>
      </ErrorsContext.Provider>
    </section>
  );
}
