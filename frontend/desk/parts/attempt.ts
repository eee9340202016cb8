/** One attempt at the API: what is missing, what was refused, whether it is under way. What was typed stays in any case. */
import { useState } from 'preact/hooks';
import { Problem } from '../api';
import { useDesk } from '../desk';
import type { FieldError } from './fields';

export interface Attempt {
  errors: FieldError[];
  problem: Problem | null;
  busy: boolean;
  /** Does `act` unless something is `missing`. `refused` may take a refusal over by returning true. */
  attempt: (missing: FieldError[], act: () => Promise<void>, refused?: (problem: Problem) => boolean | void) => Promise<void>;
}

/** The fields of a form that is not alone on its page may stand under a `place`, such as /task. */
export function useAttempt(place = ''): Attempt {
  const { lost } = useDesk();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt: Attempt['attempt'] = async (missing, act, refused) => {
    if (busy) return;
    setProblem(null);
    setErrors(within(place, missing));
    if (missing.length) return;
    setBusy(true);
    try {
      await act();
    } catch (error) {
      if (lost(error)) return;
      const found = problemOf(error);
      if (refused?.(found)) return;
      setErrors(within(place, found.body.errors ?? []));
      setProblem(found);
    } finally {
      setBusy(false);
    }
  };
  return { errors, problem, busy, attempt };
}

export const problemOf = (error: unknown): Problem => (error instanceof Problem ? error : new Problem(0, {}));

const within = (place: string, errors: FieldError[]): FieldError[] =>
  errors.map((error) => (error.pointer.startsWith(`${place}/`) ? error : { ...error, pointer: place + error.pointer }));

/** What is missing, as the server would say it. */
export const isMissing = (pointer: string, value: unknown, code = 'required'): FieldError[] =>
  value === '' || (typeof value === 'string' && !value.trim()) ? [{ pointer, code }] : [];
