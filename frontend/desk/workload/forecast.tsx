/** What falls due on the next ten working days. The heading says what is to be seen; the numbers stand beside the bars. */
import { useDesk, useLaterWords } from '../desk';
import { download } from '../parts/csv';
import type { Workload } from '../shapes';

export function Forecast({ load }: { load: Workload }) {
  const { words, format } = useDesk();
  const texts = useLaterWords().workload;
  const { days, due, people } = load;
  const most = Math.max(0, ...due);
  const busiest = days[due.indexOf(most)];
  const whose = (at: number) => {
    const theirs = people.filter((person) => person.days[at]);
    const nobodys = (due[at] ?? 0) - theirs.reduce((sum, person) => sum + (person.days[at] ?? 0), 0);
    const found = theirs.map((person) => `${person.name} ${person.days[at]}`);
    if (nobodys > 0) found.push(`${words.queues.unassigned} ${nobodys}`);
    return found.join(', ');
  };
  return (
    <section class="forecast">
      <h2>{most && busiest ? texts.busiest(format.weekday(busiest, 'long'), most) : texts.nothingDue}</h2>
      <p class="small">{texts.counted}</p>
      <table class="grid" role="table">
        <caption class="hidden">{texts.counted}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {texts.day}
            </th>
            <th scope="col" role="columnheader">
              {texts.due}
            </th>
            <th scope="col" role="columnheader">
              {texts.whose}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {days.map((day, at) => (
            <tr key={day} role="row">
              <th scope="row" role="rowheader">
                {format.weekday(day)}
              </th>
              <td role="cell">
                <div class="chart">
                  <span class={due[at] ? '' : 'quiet'}>{due[at]}</span>
                  <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect width={most ? ((due[at] ?? 0) / most) * 100 : 0} height="12" />
                  </svg>
                </div>
              </td>
              <td role="cell" class="small">
                {whose(at)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="buttons">
        <button type="button" class="minor" onClick={() => download(texts.csvName, [['', ...days], ['', ...due], ...people.map((person) => [person.name, ...person.days])])}>
          {texts.csv}
        </button>
      </p>
    </section>
  );
}
