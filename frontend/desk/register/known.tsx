/** Whoever has complained before is not asked again for what we know: their contact leads to it. */
import { useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { readable } from '../format';
import { useAttempt } from '../parts/attempt';
import { idOf, said } from '../parts/fields';
import { Reference, StateLabel } from '../parts/labels';
import { complaintAddress, searchAddress } from '../route';
import type { Complaint, Found } from '../shapes';
import type { Values } from './values';

const SHOWN = 5;
const FEWEST_DIGITS = 6;

type By = 'email' | 'phone';
interface Known extends Found {
  by: By;
  asked: string;
}

/** What to look for; nothing as long as it is no whole address or number. */
const contactOf = (values: Values, by: By): string => {
  if (by === 'email') return /^\S+@\S+\.\S+$/.test(values.email.trim()) ? values.email.trim() : '';
  const digits = values.phone.replace(/\D/g, '');
  return digits.length >= FEWEST_DIGITS ? digits : '';
};

/** `look` goes to whatever holds the two fields, and hears when one of them is left. */
export function useKnown(values: Values) {
  const { lost } = useDesk();
  const [known, setKnown] = useState<Known | null>(null);
  const last = useRef<Record<By, string>>({ email: '', phone: '' });
  const look = (event: FocusEvent) => {
    const left = event.target instanceof HTMLElement ? event.target.id : '';
    const by = (['email', 'phone'] as const).find((one) => idOf(`/${one}`) === left);
    if (!by) return;
    const asked = contactOf(values, by);
    if (asked === last.current[by]) return;
    last.current[by] = asked;
    const none = () => setKnown((was) => (was?.by === by ? null : was));
    if (!asked) return none();
    api.search(asked).then(
      (found) => {
        if (last.current[by] !== asked) return;
        if (found.rows.length) setKnown({ ...found, by, asked });
        else none();
      },
      // Registering goes on without it.
      (error: unknown) => void lost(error),
    );
  };
  const forget = () => {
    last.current = { email: '', phone: '' };
    setKnown(null);
  };
  return { known, look, forget };
}

const bare = (contact: string): string => (contact.includes('@') ? contact.toLowerCase() : contact.replace(/\D/g, '').slice(-10));

/** What the newest complaint knows and the form does not. What somebody has typed stays. */
function filled(values: Values, { complainant, language }: Complaint): Values {
  const { representative: agent } = complainant;
  const typed = [values.email, values.phone].map((one) => bare(one.trim())).filter(Boolean);
  const wrote = agent && [agent.email, agent.phone].some((one) => one && typed.includes(bare(one)));
  const own = wrote ? { ...values, email: '', phone: '' } : values;
  return {
    ...own,
    kind: complainant.organisation ? 'organisation' : values.kind,
    language,
    name: own.name || (complainant.name ?? ''),
    organisation: own.organisation || (complainant.organisation ?? ''),
    email: own.email || (complainant.email ?? ''),
    phone: own.phone || (complainant.phone ?? ''),
    address: own.address || (complainant.address ?? ''),
    ...(wrote
      ? {
          agent: true,
          agent_name: own.agent_name || agent.name,
          agent_capacity: own.agent_capacity || (agent.capacity ?? ''),
          agent_email: own.agent_email || (agent.email ?? ''),
          agent_phone: own.agent_phone || (agent.phone ?? ''),
        }
      : {}),
  };
}

export function KnownContact({ known, values, onValues }: { known: Known; values: Values; onValues: (values: Values) => void }) {
  const { words, format } = useDesk();
  const { problem, busy, attempt } = useAttempt();
  const [taken, setTaken] = useState('');
  const texts = useLaterWords().register;
  const newest = known.rows[0];
  if (!newest) return null;
  const take = () =>
    attempt([], async () => {
      const found = await api.complaint(newest.reference);
      const now = found.identity_hidden ? values : filled(values, found);
      const more = JSON.stringify(now) !== JSON.stringify(values);
      if (more) onValues(now);
      setTaken(more ? texts.taken(readable(newest.reference)) : texts.takenNothing);
    });
  const more = known.more || known.rows.length > SHOWN;
  return (
    <div class="notice known">
      <p>
        <strong>{texts.known(known.more ? texts.moreThan(known.rows.length) : String(known.rows.length))}</strong> {texts.knownMore}
      </p>
      <p class="buttons">
        <button type="button" onClick={() => void take()}>
          {busy ? words.form.busy : texts.take}
        </button>
        {taken && <span>{taken}</span>}
      </p>
      {problem && (
        <p class="message" role="alert">
          {said(problem, words)}
        </p>
      )}
      {/* Another tab, so that nothing of what is typed here is lost. */}
      <ul>
        {known.rows.slice(0, SHOWN).map((row) => (
          <li key={row.reference}>
            <a class="subject" href={complaintAddress(row.reference)} target="_blank">
              {row.subject ?? words.erased} <span class="hidden">{texts.newTab}</span>
            </a>
            <p class="small">
              <Reference of={row.reference} /> · {format.date(row.received_at)} <StateLabel of={row} />
            </p>
          </li>
        ))}
      </ul>
      {more && (
        <p>
          <a href={searchAddress(known.asked)} target="_blank">
            {texts.knownAll} <span class="hidden">{texts.newTab}</span>
          </a>
        </p>
      )}
    </div>
  );
}
