/** What is kept in versions: which one this is, those before it, and the one that somebody else saved meanwhile. */
import { useDesk, useLaterWords } from '../desk';
import type { Version } from '../shapes';
import { Notice, Text } from './fields';

/** Which version this is, when it was saved, and by whom. */
export function VersionLine({ of: { version, at, by_name }, none }: { of: Version; none: string }) {
  const { words, format } = useDesk();
  const texts = useLaterWords().versions;
  return <>{at ? texts.version(version, format.moment(at), by_name ?? words.complaint.formerStaff) : none}</>;
}

/** Somebody was faster. What was typed stays; `onTake` takes their version instead. */
export function Overtaken({ by: { by_name, at, reason }, onTake }: { by: Version; onTake: () => void }) {
  const { words, format } = useDesk();
  const texts = useLaterWords().versions;
  return (
    <div role="alert">
      <Notice kind="late" title={texts.overtaken(by_name ?? words.complaint.formerStaff, format.moment(at ?? ''))}>
        “{reason}” {texts.overtakenMore}{' '}
        <button type="button" class="minor" onClick={onTake}>
          {texts.takeTheirs}
        </button>
      </Notice>
    </div>
  );
}

/** Why it changes, and the button that saves it. */
export function Save({ texts, reason, onReason, busy }: { texts: Record<'reason' | 'reasonHint' | 'saveAct', string>; reason: string; onReason: (reason: string) => void; busy: boolean }) {
  const { words } = useDesk();
  return (
    <>
      <Text pointer="/reason" label={texts.reason} hint={texts.reasonHint} value={reason} onValue={onReason} rows={2} />
      <p class="buttons">
        <button type="submit" class="filled">
          {busy ? words.form.busy : texts.saveAct}
        </button>
      </p>
    </>
  );
}

/** Every version, the newest first. */
export function History({ of }: { of: readonly Version[] }) {
  const { words, format } = useDesk();
  const texts = useLaterWords().versions;
  if (!of.length) return <p class="quiet">{texts.historyNone}</p>;
  return (
    <ul class="rows">
      {of.map(({ version, at, by_name, reason }) => (
        <li key={version}>
          <p>
            <strong>{texts.versionShort(version)}</strong>{' '}
            <span class="small">
              {at && format.moment(at)}, {by_name ?? words.complaint.formerStaff}
            </span>
            <br />
            {reason}
          </p>
        </li>
      ))}
    </ul>
  );
}
