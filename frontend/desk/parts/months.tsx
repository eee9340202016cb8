/** One of the months for which something is kept. */
import { useState } from 'preact/hooks';
import { serverNow, useDesk, useLaterWords } from '../desk';
import type { Format } from '../format';
import { Select } from './fields';

const MONTHS = 24; // so long are looks and answers kept

/** The months as the organisation has them, the newest first; `over`, without the one that still runs. */
export function monthsOf(format: Format, over = false): string[] {
  const [year = 0, month = 0] = format.isoDay(serverNow()).split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, back) => new Date(Date.UTC(year, month - 1 - back - (over ? 1 : 0))).toISOString().slice(0, 7));
}

export function Months({ of, shown, onShow }: { of: string[]; shown: string; onShow: (month: string) => void }) {
  const { words } = useDesk();
  const texts = useLaterWords().views;
  const [month, setMonth] = useState(shown);
  const named = new Intl.DateTimeFormat(words.format.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const submit = (event: Event) => {
    event.preventDefault();
    onShow(month);
  };
  return (
    <form class="in-row months" onSubmit={submit}>
      <Select pointer="/month" label={texts.month} value={month} onValue={setMonth} choices={of.map((one) => [one, named.format(new Date(one))] as const)} />
      <button type="submit">{texts.show}</button>
    </form>
  );
}
