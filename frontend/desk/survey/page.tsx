/** What complainants think of how their complaints were handled, month by month, without anybody's own answer. */
import { useCallback } from 'preact/hooks';
import { api, Problem } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { Months, monthsOf } from '../parts/months';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { go, surveyAddress } from '../route';
import { mayEvaluate } from '../shapes';

export function SurveyPage({ month }: { month: string | null }) {
  const { words, me, format } = useDesk();
  const texts = useLaterWords().survey;
  if (!mayEvaluate(me)) return <Failed problem={new Problem(403, {})} onAgain={() => undefined} />;
  const months = monthsOf(format, true);
  const shown = month ?? months[0]!;
  return (
    <div class="survey">
      <Heading title={words.titles.survey} arrived="survey" />
      <p>{texts.lead}</p>
      <Months key={shown} of={months} shown={shown} onShow={(month) => go(surveyAddress(month))} />
      <Figures key={`figures ${shown}`} month={shown} />
    </div>
  );
}

function Figures({ month }: { month: string }) {
  const { format } = useDesk();
  const texts = useLaterWords().survey;
  const { found, problem, again } = useReading(useCallback(() => api.survey(month), [month]));
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={texts.loading} />;
  if (!found.answers) return <p class="empty">{texts.none}</p>;
  return (
    <table class="grid">
      <caption class="small">{texts.count(found.answers)}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.question}</th>
          <th scope="col">{texts.answers}</th>
          <th scope="col">{texts.mean}</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(found.questions).map(([name, { answers, mean }]) => (
          <tr key={name}>
            <th scope="row">{texts.questions[name] ?? name}</th>
            <td>{answers}</td>
            <td>{mean === null ? texts.tooFew : format.mean(mean)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
