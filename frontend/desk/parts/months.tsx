/** One of the months for which something is kept. */
import { useState } from 'preact/hooks';
import { serverNow, useDesk } from '../desk';
import { Select } from './fields';

const MONTHS = 24; // so long are looks and answers kept

/** The server keeps its months in UTC. */
export const monthOf = (moment: Date): string => moment.toISOString().slice(0, 7);

export function Months({ shown, onShow }: { shown: string; onShow: (month: string) => void }) {
  const { words } = useDesk();
  const [month, setMonth] = useState(shown);
  const now = serverNow();
  const named = new Intl.DateTimeFormat(words.format.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const months = Array.from({ length: MONTHS }, (_, back) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back)));
  const submit = (event: Event) => {
    event.preventDefault();
    onShow(month);
  };
  return (
    <form class="in-row months" onSubmit={submit}>
      <Select pointer="/month" label={words.views.month} value={month} onValue={setMonth} choices={months.map((one) => [monthOf(one), named.format(one)] as const)} />
      <button type="submit">{words.views.show}</button>
    </form>
  );
}
