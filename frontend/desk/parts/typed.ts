/** What is typed into a form. The pointer of a field is the name of its value in the request body. */
import { isMissing } from './attempt';
import type { FieldError } from './fields';
import { useKept } from './kept';

type Setter<T> = <K extends keyof T>(name: K) => (value: T[K]) => void;

/** Ties a field to its value: `<Text {...field('words')} label=… />`. */
export const fieldsOf =
  <T extends object>(values: T, set: Setter<T>) =>
  <K extends keyof T & string>(name: K, pointer = `/${name}`) => ({ pointer, value: values[name], onValue: set(name) });

export const orNull = (text: string): string | null => text.trim() || null;

/** The values of a form that begins with these. */
export function useTyped<T extends Record<string, string>>(begin: T) {
  const [values, setValues] = useKept('typed', begin);
  const set: Setter<T> = (name) => (value) => setValues((were) => ({ ...were, [name]: value }));
  const without = (code: string, names: (keyof T & string)[]): FieldError[] => names.flatMap((name) => isMissing(`/${name}`, values[name], code));
  return {
    values,
    set,
    field: fieldsOf(values, set),
    /** What goes to the server: nothing, where nothing was typed. */
    sent: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, orNull(value)])) as { [K in keyof T]: T[K] | null },
    missing: (...names: (keyof T & string)[]) => without('required', names),
    unchosen: (...names: (keyof T & string)[]) => without('choice_required', names),
  };
}
