/** Who saw who complained, month by month, for those who watch over it. */
import { useCallback, useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { readable } from '../format';
import { Text } from '../parts/fields';
import { Reference } from '../parts/labels';
import { Months, monthsOf } from '../parts/months';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { complaintAddress, go, viewsAddress } from '../route';
import { folded } from '../search/mark';
import { mayOversee, type View } from '../shapes';

const AT_ONCE = 100;
const FEW = 3;

export function ViewsPage({ month }: { month: string | null }) {
  const { words, me, format } = useDesk();
  const texts = useLaterWords().views;
  if (!mayOversee(me)) return <Failed problem={new Problem(403, {})} onAgain={() => undefined} />;
  const months = monthsOf(format);
  const shown = month ?? months[0]!;
  return (
    <div class="views">
      <Heading title={words.titles.views} arrived="views" />
      <p>{texts.lead}</p>
      <Months key={shown} of={months} shown={shown} onShow={(month) => go(viewsAddress(month))} />
      <Looks key={`looks ${shown}`} month={shown} />
    </div>
  );
}

function Looks({ month }: { month: string }) {
  const { words, format } = useDesk();
  const texts = useLaterWords().views;
  const { found, problem, again } = useReading(useCallback(() => api.views(month), [month]));
  const [narrow, setNarrow] = useState('');
  const [shown, setShown] = useState(AT_ONCE);
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={texts.loading} />;
  if (!found.length) return <p class="empty">{texts.none}</p>;
  const fitting = found.filter((view) => fits(view, narrow));
  return (
    <>
      <Text pointer="/narrow" label={texts.narrow} value={narrow} onValue={setNarrow} />
      <p class="small count-line" role="status">
        {fitting.length ? texts.count(fitting.length) : texts.noneLeft}
      </p>
      {fitting.length > 0 && (
        <table class="grid looks">
          <caption class="hidden">{words.titles.views}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.when}</th>
              <th scope="col">{texts.who}</th>
              <th scope="col">{texts.where}</th>
              <th scope="col">{texts.what}</th>
            </tr>
          </thead>
          <tbody>
            {fitting.slice(0, shown).map((view, index) => (
              <tr key={index}>
                <td>{format.moment(view.at)}</td>
                <td>{view.name ?? words.complaint.formerStaff}</td>
                <td>{texts.places[view.what] ?? view.what}</td>
                <td>
                  <References of={view.references} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {fitting.length > shown && (
        <p class="buttons">
          <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
            {texts.next}
          </button>
        </p>
      )}
    </>
  );
}

function fits({ name, references }: View, narrow: string): boolean {
  const wanted = folded(narrow.trim());
  const code = wanted.replaceAll('-', '').toUpperCase();
  return !wanted || folded(name ?? '').includes(wanted) || references.some((one) => one.includes(code));
}

/** A page of a queue shows many at once. */
function References({ of }: { of: string[] }) {
  const texts = useLaterWords().views;
  const links = of.map((reference) => (
    <a key={reference} href={complaintAddress(reference)} aria-label={readable(reference)}>
      <Reference of={reference} />
    </a>
  ));
  if (of.length <= FEW) return <span class="references">{links}</span>;
  return (
    <details>
      <summary>{texts.complaints(of.length)}</summary>
      <span class="references">{links}</span>
    </details>
  );
}
