/** What a screen reads when it is entered. `read` must stay the same function. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Problem } from '../api';
import { useDesk } from '../desk';
import { problemOf } from './attempt';

export function useReading<T>(read: () => Promise<T>) {
  const { lost } = useDesk();
  const [found, setFound] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const again = useCallback(() => {
    setProblem(null);
    read().then(setFound, (error: unknown) => {
      if (!lost(error)) setProblem(problemOf(error));
    });
  }, [read, lost]);
  useEffect(again, [again]);
  return { found, setFound, problem, again };
}
