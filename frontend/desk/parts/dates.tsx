/** Dates that move, and the names of what they belong to. */
import { useDesk } from '../desk';
import type { Kept } from '../shapes';
import type { Words } from '../words/en';

/** What a task is for, by its kind. */
export function taskName(kind: string, words: Words): string | undefined {
  const name = words.complaint.tasks[kind as keyof Words['complaint']['tasks']];
  return typeof name === 'string' ? name : undefined;
}

/** A promise by its name, with its point where there is more than one of them. */
export function promiseName(of: Pick<Kept, 'promise' | 'point'> & Partial<Pick<Kept, 'duty' | 'task'>>, points: number, words: Words): string {
  const name = of.duty?.[words.code] ?? (of.task && taskName(of.task, words)) ?? words.promises[of.promise];
  return of.point && points > 1 ? `${name}, ${words.points([of.point])}` : name;
}

/** The old date struck through, the new one in bold; a date that is missing is said in words. */
export function DatesChange({ old, to }: { old: string | null; to: string | null }) {
  const { words, format } = useDesk();
  return (
    <>
      {old && (
        <>
          <span class="hidden">{words.changes.old}</span> <s>{format.date(old)}</s> <span aria-hidden="true">→</span>{' '}
        </>
      )}
      <span class="hidden">{words.changes.new}</span> <strong>{to ? format.date(to) : words.changes.noDate}</strong>
    </>
  );
}
