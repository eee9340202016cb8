/** Every promise on one upright, with how its date was worked out. */
import { useDesk, useNow } from '../desk';
import { Bar, Remaining } from '../parts/clock';
import { Icon } from '../parts/icons';
import type { Complaint, Kept } from '../shapes';

export function Promises({ complaint }: { complaint: Complaint }) {
  return (
    <ul class="promises">
      {complaint.promises.map((kept) => (
        <One key={kept.promise} kept={kept} closed={complaint.state === 'closed'} />
      ))}
    </ul>
  );
}

function One({ kept, closed }: { kept: Kept; closed: boolean }) {
  const { words, format, language } = useDesk();
  const now = useNow();
  const end = kept.kept_at ? new Date(kept.kept_at) : now;
  const over = kept.missed || end.getTime() > Date.parse(kept.due);
  const why = kept.why[language] ?? [];
  const running = !kept.kept_at && !closed;
  return (
    <li>
      <span class="promise-name">{words.promises[kept.promise]}</span>
      <div class="deadline">
        <Bar share={kept.share} over={over} />
        <div class="remaining">
          {kept.kept_at ? (
            <>
              <p class={over ? 'remaining-words late' : 'remaining-words ok'}>
                <Icon name={over ? 'late' : 'kept'} />
                {over ? words.complaint.keptLate : words.complaint.kept}
              </p>
              <p class="small">{words.complaint.keptOn(format.moment(kept.kept_at), format.date(kept.due_on))}</p>
            </>
          ) : (
            <Remaining clock={running ? { ...kept, late: over } : { ...kept, due: null, late: false }}>
              {words.complaint.promisedBy(format.date(kept.due_on))}
            </Remaining>
          )}
          {why.length > 0 && (
            <details open={over && running}>
              <summary>{words.complaint.why}</summary>
              <ol>
                {why.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ol>
            </details>
          )}
        </div>
      </div>
    </li>
  );
}
