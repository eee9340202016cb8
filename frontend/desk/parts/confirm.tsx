/** The last question before something is done for good. */
import { useDesk } from '../desk';
import type { Changes, Complaint, Letter, Move, Preview } from '../shapes';
import { DatesChange, promiseName } from './dates';
import { Dialog } from './dialog';
import { letterWords } from './letters';

interface Props {
  complaint: Complaint;
  onSend: () => void;
  onKeep: () => void;
}

/** A message can be read here as it will arrive. */
export function ConfirmLetter({ complaint, letter, preview, onSend, onKeep }: Props & { letter: Letter; preview?: Preview }) {
  const { words } = useDesk();
  const { representative, contact } = complaint.complainant;
  const reader = contact === 'representative' && representative ? representative : complaint.complainant;
  const name = reader.name ?? words.confirm.theComplainant;
  const to = reader.email && complaint.told_by === 'mail' ? words.confirm.to(name, reader.email) : words.confirm.toNobody(name);
  return (
    <Dialog title={words.confirm.titles[letter]} act={words.confirm.send[letter]} onAct={onSend} onKeep={onKeep}>
      <p>{complaint.told_by === 'tracking_page' ? words.confirm.toAnonymous : to}</p>
      {preview && (
        <div class="preview" role="region" aria-label={words.confirm.preview} tabIndex={0} lang={complaint.language}>
          {preview.subject && (
            <p>
              <strong>{preview.subject}</strong>
            </p>
          )}
          <p class="kept-lines">{preview.text.replace(/\n{3,}/g, '\n\n')}</p>
        </div>
      )}
      <p>{words.confirm.now}</p>
    </Dialog>
  );
}

/**
 * Before the points are known there is one answer, afterwards each point has its own: people see what becomes of the one.
 */
function told(dates: Changes['dates']): Changes['dates'] {
  const answer = dates.find((one) => one.promise === 'answer' && !one.point && !one.new);
  if (!answer) return dates;
  return dates
    .filter((one) => one !== answer)
    .map((one) => (one.promise === 'answer' && !one.old ? { ...one, old: answer.old } : one))
    .filter((one) => one.old !== one.new);
}

/** What a move changes: old dates struck, new ones beside them, and the letter that leaves. */
export function ConfirmChanges({ complaint, move, changes, onSend, onKeep }: Props & { move: Move; changes: Changes }) {
  const { words } = useDesk();
  const { letter } = changes;
  const texts = words.changes;
  const dates = told(changes.dates);
  const points = Math.max(complaint.points.length, ...changes.dates.map(({ point }) => point ?? 0));
  return (
    <Dialog title={texts.title} act={words.moves[move].act} onAct={onSend} onKeep={onKeep}>
      {dates.length ? (
        <dl class="dates">
          {dates.map((one) => (
            <div key={`${one.promise} ${one.point} ${one.duty?.en}`}>
              <dt>
                {promiseName(one, points, words)}
                {one.internal && <span class="quiet"> · {words.complaint.internalTarget}</span>}
              </dt>
              <dd>
                <DatesChange old={one.old} to={one.new} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p>{texts.none}</p>
      )}
      <p>{letter ? letterWords(letter, complaint, words) : words.complaint.noLetter}</p>
    </Dialog>
  );
}
