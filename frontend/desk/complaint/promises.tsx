/** Every clock on one upright, with how its date was worked out. Targets of our own stand last, and quieter. */
import { useDesk, useNow } from '../desk';
import { Bar, Remaining } from '../parts/clock';
import { promiseName } from '../parts/dates';
import { capital } from '../parts/fields';
import { Icon } from '../parts/icons';
import type { Complaint, Kept, PromiseName } from '../shapes';

// What is to do stands in the list of tasks; the day of a reply is no promise of ours.
const ELSEWHERE: readonly PromiseName[] = ['task', 'remind', 'reply'];

const inOrder = (promises: Kept[]): Kept[] => {
  const shown = promises.filter(({ promise }) => !ELSEWHERE.includes(promise));
  return [...shown.filter(({ internal }) => !internal), ...shown.filter(({ internal }) => internal)];
};

/** What was promised next, for the head of the page. Nothing, where no clock runs. */
export function NextPromise({ complaint }: { complaint: Complaint }) {
  const { words, format } = useDesk();
  const now = useNow();
  const running = complaint.promises.filter(({ internal, kept_at, paused_since, promise }) => !internal && !kept_at && !paused_since && !ELSEWHERE.includes(promise));
  const [next] = running.sort((one, other) => Date.parse(one.due) - Date.parse(other.due));
  if (!next || complaint.state === 'closed') return null;
  const left = format.remaining({ ...next, late: next.missed }, now);
  return (
    <span>
      {promiseName(next, complaint.points.length, words)}: <strong class={left.urgency}>{left.words}</strong>
    </span>
  );
}

export function Promises({ complaint }: { complaint: Complaint }) {
  const now = inOrder(complaint.promises);
  const first = inOrder(complaint.first_stage);
  const { stages } = useDesk().words.complaint;
  const list = (promises: Kept[], label?: string) => (
    <ul class="promises" aria-labelledby={label}>
      {promises.map((kept) => (
        <One key={`${kept.promise} ${kept.point} ${kept.duty?.en}`} kept={kept} complaint={complaint} />
      ))}
    </ul>
  );
  if (!first.length) return list(now);
  return (
    <>
      <p class="stage" id="stage-2">
        {stages.second}
      </p>
      {list(now, 'stage-2')}
      <p class="stage" id="stage-1">
        {stages.first}
      </p>
      {list(first, 'stage-1')}
    </>
  );
}

function One({ kept, complaint }: { kept: Kept; complaint: Complaint }) {
  const { words, format, language } = useDesk();
  const now = useNow();
  const texts = words.complaint;
  const { internal, kept_at, paused_since } = kept;
  const end = new Date(kept_at ?? paused_since ?? now);
  const over = kept.missed || end.getTime() > Date.parse(kept.due);
  // A clock that was set again and came out the same has nothing new to say.
  const why = [...new Set(kept.why[language])];
  const running = !kept_at && !paused_since && complaint.state !== 'closed';
  const day = format.date(kept.due_on);
  const promised = internal ? texts.targetOn(day) : texts.promisedBy(day);
  const extended = kept.extended > 0 && ` ${texts.extended(kept.extended)}`;
  return (
    <li class={internal ? 'internal' : ''}>
      <span class="promise-name">
        {promiseName({ ...kept, point: null }, 0, words)}{' '}
        {kept.point && complaint.points.length > 1 && <span class="small">{capital(words.points([kept.point]), language)}</span>}
        {internal && <span class="small">{texts.internalTarget}</span>}
      </span>
      <div class="deadline">
        <Bar share={kept.share} over={over} paused={!!paused_since} />
        <div class="remaining">
          {kept_at ? (
            <>
              <p class={over ? 'remaining-words late' : 'remaining-words ok'}>
                <Icon name={over ? 'late' : 'kept'} />
                {over ? texts.keptLate : internal ? texts.inTime : texts.kept}
              </p>
              <p class="small">
                {format.moment(kept_at)}. {promised}
                {extended}
              </p>
            </>
          ) : paused_since ? (
            <>
              <p class="remaining-words wait">
                <Icon name="paused" />
                {texts.paused}
              </p>
              <p class="small">
                {kept.paused_for && `${words.pauses[kept.paused_for]}, `}
                {texts.pausedSince(format.date(paused_since))}.{extended}
              </p>
            </>
          ) : (
            <Remaining clock={running ? { ...kept, late: over } : { ...kept, due: null, late: false }}>
              {promised}
              {extended}
            </Remaining>
          )}
          {why.length > 0 && (
            <details open={over && running}>
              <summary>{texts.why}</summary>
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
