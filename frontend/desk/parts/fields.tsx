/**
 * Form fields. A field's name is the JSON pointer of its value in the request body, so that an error of the server
 * finds its field without a table: the pointer is turned into the element's id.
 */
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../desk';
import type { Problem } from '../api';

export interface FieldError {
  pointer: string;
  code: string;
}

export const ErrorsContext = createContext<FieldError[]>([]);

/** The element id of a JSON pointer: /points/0/title is points-0-title. */
export const idOf = (pointer: string): string => `field${pointer.replaceAll('/', '-')}`;

const useError = (pointer: string): string | undefined => {
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

function Says({ pointer, hint, error }: { pointer: string; hint?: string | undefined; error?: string | undefined }) {
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

const describedBy = (pointer: string, hint?: string, error?: string): { 'aria-describedby'?: string } => {
  const ids = [hint && `${idOf(pointer)}-hint`, error && `${idOf(pointer)}-error`].filter(Boolean).join(' ');
  return ids ? { 'aria-describedby': ids } : {};
};

interface TextProps extends Common {
  value: string;
  onValue: (value: string) => void;
  type?: 'text' | 'email' | 'tel' | 'date' | 'time';
  rows?: number;
  /** Words that a complainant wrote or will read are in letter type. */
  letter?: boolean;
  wide?: boolean;
  inputMode?: 'decimal';
}

export function Text({ pointer, label, hint, optional, value, onValue, type = 'text', rows, letter, wide, inputMode }: TextProps) {
  const { words } = useDesk();
  const error = useError(pointer);
  const common = {
    id: idOf(pointer),
    value,
    autocomplete: 'off',
    onInput: (event: { currentTarget: { value: string } }) => onValue(event.currentTarget.value),
    'aria-invalid': error ? ('true' as const) : ('false' as const),
    class: `${letter ? 'letter' : ''} ${rows || wide ? 'wide' : ''}`.trim(),
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

/** One of a few, all of them to be seen. */
export function Radios<T extends string>({ pointer, label, hint, value, onValue, choices, row }: ChoiceProps<T> & { row?: boolean }) {
  const error = useError(pointer);
  const { language } = useDesk();
  return (
    <fieldset class={`field ${error ? 'wrong' : ''}`} {...describedBy(pointer, hint, error)}>
      <legend>{label}</legend>
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
      <div class={row ? 'choices in-row' : 'choices'}>
        {choices.map(([choice, words], index) => (
          <label class="choice" key={choice}>
            <input
              type="radio"
              name={idOf(pointer)}
              id={index === 0 ? idOf(pointer) : `${idOf(pointer)}-${choice}`}
              value={choice}
              checked={choice === value}
              onChange={() => onValue(choice)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One of many. */
export function Select<T extends string>({ pointer, label, hint, value, onValue, choices }: ChoiceProps<T>) {
  const { words } = useDesk();
  const error = useError(pointer);
  return (
    <div class={`field ${error ? 'wrong' : ''}`}>
      <label for={idOf(pointer)}>{label}</label>
      <Says pointer={pointer} hint={hint} error={error} />
      <select
        id={idOf(pointer)}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value as T)}
        aria-invalid={error ? 'true' : 'false'}
        {...describedBy(pointer, hint, error)}
      >
        {value === '' && <option value="">{words.form.choose}</option>}
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Tick({ pointer, label, value, onValue }: { pointer: string; label: string; value: boolean; onValue: (value: boolean) => void }) {
  return (
    <div class="field">
      <label class="choice">
        <input type="checkbox" id={idOf(pointer)} checked={value} onChange={(event) => onValue(event.currentTarget.checked)} />
        <span>{label}</span>
      </label>
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

/** What went wrong, above the form, in focus as soon as it appears. Its links repeat the messages at the fields. */
export function ErrorSummary({ errors, problem, labelOf }: { errors: FieldError[]; problem: Problem | null; labelOf: (pointer: string) => string | undefined }) {
  const { words } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length || problem) box.current?.focus();
  }, [errors, problem]);
  if (!errors.length && !problem) return null;
  return (
    <div class="summary" ref={box} tabIndex={-1} role="group" aria-labelledby="summary-title">
      <h2 id="summary-title">{errors.length ? words.problems.summary : words.problems.title}</h2>
      {problem && !errors.length && <p>{said(problem, words)}</p>}
      {errors.length > 0 && (
        <ul>
          {errors.map(({ pointer, code }) => {
            const what = words.problems.fields[code] ?? words.problems.fields.other ?? code;
            const label = labelOf(pointer);
            const text = label ? words.problems.field(label, what) : `${what}`;
            const focus = (event: Event) => {
              event.preventDefault();
              const id = targetOf(pointer);
              if (id) document.getElementById(id)?.focus();
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
