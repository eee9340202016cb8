/**
 * Form fields. A field's name is the JSON pointer of its value in the request body, so that an error of the server
 * finds its field without a table: the pointer is turned into the element's id.
 */
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useId, useRef } from 'preact/hooks';
import { useDesk } from '../desk';
import type { Problem } from '../api';

export interface FieldError {
  pointer: string;
  code: string;
}

export const ErrorsContext = createContext<FieldError[]>([]);

/** Where a person may only read, a field is its label and its value. */
export const PlainContext = createContext(false);

function Plain({ label, value, kind }: { label: string; value: string; kind?: string }) {
  const { words } = useDesk();
  return (
    <p class="field">
      <strong>{label}:</strong> <span class={kind}>{value || words.notGiven}</span>
    </p>
  );
}

/** The element id of a JSON pointer: /points/0/title is points-0-title. */
export const idOf = (pointer: string): string => `field${pointer.replaceAll('/', '-')}`;

export const useError = (pointer: string): string | undefined => {
  const errors = useContext(ErrorsContext);
  const { words } = useDesk();
  const found = errors.find((error) => error.pointer === pointer);
  return found && (words.problems.fields[found.code] ?? words.problems.fields.other);
};

interface Common {
  pointer: string;
  label: string;
  hint?: string | undefined;
  optional?: boolean | undefined;
}

/** A text that begins a line: an i becomes İ in Turkish only. */
export const capital = (text: string, language: string): string => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

export function Says({ pointer, hint, error }: { pointer: string; hint?: string | undefined; error?: string | undefined }) {
  const { language } = useDesk();
  return (
    <>
      {hint && (
        <p class="hint" id={`${idOf(pointer)}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="message" id={`${idOf(pointer)}-error`}>
          {capital(error, language)}
        </p>
      )}
    </>
  );
}

export const describedBy = (pointer: string, hint?: string, error?: string): { 'aria-describedby'?: string } => {
  const ids = [hint && `${idOf(pointer)}-hint`, error && `${idOf(pointer)}-error`].filter(Boolean).join(' ');
  return ids ? { 'aria-describedby': ids } : {};
};

interface TextProps extends Common {
  value: string;
  onValue: (value: string) => void;
  type?: 'text' | 'email' | 'tel' | 'date' | 'time';
  rows?: number;
  lang?: string;
  class?: string;
  /** Words that a complainant wrote or will read are in letter type. */
  letter?: boolean;
  wide?: boolean;
  inputMode?: 'decimal' | 'numeric';
}

export function Text({ pointer, label, hint, optional, value, onValue, type = 'text', rows, letter, wide, inputMode, lang, class: kind = '' }: TextProps) {
  const { words, format } = useDesk();
  const error = useError(pointer);
  if (useContext(PlainContext)) return <Plain label={label} value={type === 'date' && value ? format.date(value) : value} kind={rows ? `kept-lines ${kind}` : ''} />;
  const common = {
    id: idOf(pointer),
    value,
    autocomplete: 'off',
    onInput: (event: { currentTarget: { value: string } }) => onValue(event.currentTarget.value),
    'aria-invalid': error ? ('true' as const) : ('false' as const),
    class: `${kind} ${letter ? 'letter' : ''} ${rows || wide ? 'wide' : ''}`.trim(),
    ...(lang ? { lang } : {}),
    ...describedBy(pointer, hint, error),
  };
  return (
    <div class={`field ${error ? 'wrong' : ''}`}>
      <label for={idOf(pointer)}>
        {label} {optional && <span class="quiet">{words.form.optional}</span>}
      </label>
      <Says pointer={pointer} hint={hint} error={error} />
      {rows ? <textarea {...common} rows={rows} /> : <input {...common} type={type} {...(inputMode ? { inputMode } : {})} />}
    </div>
  );
}

interface ChoiceProps<T extends string> extends Common {
  value: T | '';
  onValue: (value: T) => void;
  choices: readonly (readonly [T, string])[];
}

interface GroupProps<T extends string> extends Common {
  choices: readonly (readonly [T, string])[];
  /** Beside one another; many of them in columns. */
  row?: boolean | 'grid' | undefined;
}

function Group<T extends string>({ pointer, label, hint, choices, row, type, chosen, onChoice }: GroupProps<T> & { type: 'radio' | 'checkbox'; chosen: readonly string[]; onChoice: (choice: T) => void }) {
  const error = useError(pointer);
  if (useContext(PlainContext)) {
    const names = choices.filter(([choice]) => chosen.includes(choice)).map(([, words]) => words);
    return <Plain label={label} value={names.join(', ')} />;
  }
  return (
    <fieldset class={`field ${error ? 'wrong' : ''}`} {...describedBy(pointer, hint, error)}>
      <legend>{label}</legend>
      <Says pointer={pointer} hint={hint} error={error} />
      <div class={row === 'grid' ? 'choices in-grid' : row ? 'choices in-row' : 'choices'}>
        {choices.map(([choice, words], index) => (
          <label class="choice" key={choice}>
            <input
              type={type}
              name={idOf(pointer)}
              id={index === 0 ? idOf(pointer) : `${idOf(pointer)}-${choice}`}
              value={choice}
              checked={chosen.includes(choice)}
              onChange={() => onChoice(choice)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One of a few, all of them to be seen. */
export function Radios<T extends string>({ value, onValue, ...given }: ChoiceProps<T> & { row?: boolean }) {
  return <Group {...given} type="radio" chosen={[value]} onChoice={onValue} />;
}

/** Some of a few. They keep the order of the choices. */
export function Ticks<T extends string>({ value, onValue, ...given }: GroupProps<T> & { value: readonly T[]; onValue: (value: T[]) => void }) {
  const toggle = (one: T) =>
    onValue(given.choices.map(([choice]) => choice).filter((choice) => (choice === one) !== value.includes(choice)));
  return <Group {...given} type="checkbox" chosen={value} onChoice={toggle} />;
}

/** One of many. `none` are the words for choosing none of them again. */
export function Select<T extends string>({ pointer, label, hint, optional, value, onValue, choices, none }: ChoiceProps<T> & { none?: string }) {
  const { words } = useDesk();
  const error = useError(pointer);
  if (useContext(PlainContext)) return <Plain label={label} value={choices.find(([choice]) => choice === value)?.[1] ?? ''} />;
  return (
    <div class={`field ${error ? 'wrong' : ''}`}>
      <label for={idOf(pointer)}>
        {label} {optional && <span class="quiet">{words.form.optional}</span>}
      </label>
      <Says pointer={pointer} hint={hint} error={error} />
      <select
        id={idOf(pointer)}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value as T)}
        aria-invalid={error ? 'true' : 'false'}
        {...describedBy(pointer, hint, error)}
      >
        {(value === '' || none) && <option value="">{none ?? words.form.choose}</option>}
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One thing that is so, or is not. */
export function Tick({ pointer, label, hint, value, onValue }: Common & { value: boolean; onValue: (value: boolean) => void }) {
  const { words } = useDesk();
  const error = useError(pointer);
  if (useContext(PlainContext)) return <Plain label={label} value={value ? words.yes : words.no} />;
  return (
    <div class={`field ${error ? 'wrong' : ''}`}>
      <label class="choice">
        <input
          type="checkbox"
          id={idOf(pointer)}
          checked={value}
          onChange={(event) => onValue(event.currentTarget.checked)}
          aria-invalid={error ? 'true' : 'false'}
          {...describedBy(pointer, hint, error)}
        />
        <span>{label}</span>
      </label>
      <Says pointer={pointer} hint={hint} error={error} />
    </div>
  );
}

/** Where a pointer of the server has no field of its own, the nearest field above it stands for it. */
function targetOf(pointer: string): string | null {
  for (let at = pointer; at; at = at.slice(0, at.lastIndexOf('/'))) {
    if (document.getElementById(idOf(at))) return idOf(at);
  }
  return null;
}

/** What the place of a pointer is called on the page: the label of its field, after the name of the point it belongs to. */
function nameOf(pointer: string): string {
  const field = document.getElementById(targetOf(pointer) ?? '');
  // The inputs of a group have a name, and the group has the label.
  const label = field instanceof HTMLElement && !field.hasAttribute('name') && (field as HTMLInputElement).labels?.[0];
  const own = label || field?.closest('fieldset, section')?.querySelector('legend, h2');
  const point = own?.closest('.point')?.querySelector('legend');
  // A label may say after its words that the field is optional; that of a tick holds the tick before its words.
  const words = label && (label.classList.contains('choice') ? label.textContent : label.firstChild?.textContent);
  const names = [point === own ? null : point?.textContent, label ? words : own?.textContent];
  return names.filter(Boolean).join(', ').trim();
}

/** What went wrong, above the form, in focus as soon as it appears. Its links repeat the messages at the fields. */
export function ErrorSummary({ errors, problem }: { errors: FieldError[]; problem: Problem | null }) {
  const { words, language } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const title = useId(); // the page may hold another form
  useEffect(() => {
    if (errors.length || problem) box.current?.focus();
  }, [errors, problem]);
  if (!errors.length && !problem) return null;
  return (
    <div class="summary" ref={box} tabIndex={-1} role="group" aria-labelledby={title}>
      <h2 id={title}>{errors.length ? words.problems.summary : words.problems.title}</h2>
      {problem && !errors.length && <p>{said(problem, words)}</p>}
      {errors.length > 0 && (
        <ul>
          {errors.map(({ pointer, code }) => {
            const what = words.problems.fields[code] ?? words.problems.fields.other ?? code;
            const label = nameOf(pointer);
            const text = label ? words.problems.field(label, what) : capital(what, language);
            const focus = (event: Event) => {
              event.preventDefault();
              const field = document.getElementById(targetOf(pointer) ?? '');
              for (let at = field?.closest('details'); at; at = at.parentElement?.closest('details')) at.open = true;
              field?.focus();
            };
            return (
              <li key={pointer}>
                <a href={`#${idOf(pointer)}`} onClick={focus}>
                  {text}
                </a>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

/** A refusal in words: the server's own, which are in the reader's language, or ours when nothing came back. */
export function said(problem: Problem, words: ReturnType<typeof useDesk>['words']): string {
  if (problem.status === 0) return words.problems.noAnswer;
  const reason = problem.body.reason && words.problems.reasons[problem.body.reason];
  return reason || problem.body.title || words.problems.unexpected(problem.status);
}

export function Notice({ kind, title, children }: { kind: 'information' | 'wait' | 'soon' | 'late' | 'ok'; title: string; children?: ComponentChildren }) {
  return (
    <div class={`notice ${kind}`}>
      <p>
        <strong>{title}</strong> {children}
      </p>
    </div>
  );
}
