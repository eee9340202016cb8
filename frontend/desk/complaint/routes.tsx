/** Where the complainant can go who is not content with us, and until when. */
import { useDesk } from '../desk';
import type { Complaint } from '../shapes';

export function Routes({ complaint }: { complaint: Complaint }) {
  const { words, format, language } = useDesk();
  const texts = words.complaint.outside;
  if (!complaint.routes.length) return <p>{texts.none}</p>;
  return (
    <ul class="routes">
      {complaint.routes.map(({ body, url, until, points }) => (
        <li key={`${body.en} ${until}`}>
          {url ? (
            <a href={url} target="_blank" rel="noreferrer">
              {body[language]}
            </a>
          ) : (
            body[language]
          )}
          <span class="small">
            {' '}
            {until ? texts.until(format.date(until)) : texts.noDay}
            {complaint.points.length > 1 && ` · ${words.points(points)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
