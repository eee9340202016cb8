/** The points of the complaint: what was said, what we found, what we do about it. */
import { useDesk } from '../desk';
import type { Complaint, Point, Remedy } from '../shapes';
import type { Words } from '../words/en';
import type { Format } from '../format';

export function remedyWords(remedy: Remedy, words: Words, format: Format): string {
  const parts = [words.remedies[remedy.kind] ?? remedy.kind];
  if (remedy.amount) parts.push(format.money(remedy.amount, remedy.currency));
  const what = parts.join(' ');
  return remedy.words ? `${what}: ${remedy.words}` : what;
}

export function Points({ complaint }: { complaint: Complaint }) {
  const { words, format, language } = useDesk();
  if (!complaint.points.length) return <p class="quiet">{words.complaint.pointsNone}</p>;
  const proposed = complaint.state === 'deciding';
  return (
    <table class="points" role="table">
      <caption class="hidden">{words.complaint.points}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {words.complaint.pointTitle}
          </th>
          <th scope="col" role="columnheader">
            {words.complaint.finding}
          </th>
          <th scope="col" role="columnheader">
            {words.complaint.remedy}
          </th>
          <th scope="col" role="columnheader">
            {words.complaint.pack}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {complaint.points.map((point) => (
          <tr key={point.number} role="row">
            <th scope="row" role="rowheader">
              <span class="letter" lang={complaint.language}>
                {point.number}. {point.title}
              </span>
              <p class="small">{point.category_name[language]}</p>
              {point.reasons && (
                <p class="small kept-lines">
                  {words.complaint.reasons}: <span lang={complaint.language}>{point.reasons}</span>
                </p>
              )}
            </th>
            <td role="cell">
              <span class="label">{words.complaint.finding}:</span> {point.finding ? words.findings[point.finding] : <span class="quiet">{words.complaint.noFinding}</span>}{' '}
              {point.finding && proposed && <span class="quiet">{words.complaint.proposed}</span>}
            </td>
            <td role="cell">
              <span class="label">{words.complaint.remedy}:</span> <RemedyCell point={point} />
            </td>
            <td role="cell" class="small">
              <bdi>
                {point.pack} v{point.version}
              </bdi>
              {point.value && <p>{words.complaint.value(format.money(point.value, null))}</p>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RemedyCell({ point }: { point: Point }) {
  const { words, format } = useDesk();
  if (point.remedy) {
    return (
      <>
        {remedyWords(point.remedy, words, format)}
        {point.remedy.due_on && <p class="small">{words.complaint.remedyDue(format.date(point.remedy.due_on))}</p>}
      </>
    );
  }
  if (!point.finding) return <span class="quiet">{words.complaint.noRemedyYet}</span>;
  return (
    <>
      {words.complaint.noRemedy}
      {point.no_remedy_reason && <p class="small">{point.no_remedy_reason}</p>}
    </>
  );
}
