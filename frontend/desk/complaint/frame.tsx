/** What the forms of all moves share. What is missing is found here as the server would find it; the server has the last word. */
import type { ComponentChildren } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { api, Problem, type MoveBody } from '../api';
import { useDesk } from '../desk';
import { isMissing, useAttempt } from '../parts/attempt';
import { ConfirmChanges, ConfirmLetter } from '../parts/confirm';
import { ErrorsContext, ErrorSummary, Radios, Select, Text, Tick, Ticks, type FieldError } from '../parts/fields';
import { DrawerContext, useKept } from '../parts/kept';
import { useTyped } from '../parts/typed';
import type { Changes, Complaint, Medium, StaffMember } from '../shapes';
import { consequence, SEEN_FIRST } from './moves';

export interface FormProps {
  complaint: Complaint;
  offer: Complaint['moves'][number];
  onMoved: (complaint: Complaint) => void;
  onConflict: (current: Complaint) => void;
  onCancel: () => void;
}

interface FrameProps extends FormProps {
  body: MoveBody;
  /** What is still missing; asked when the form is sent. */
  missing?: FieldError[];
  children?: ComponentChildren;
}

/**
 * Heading, consequence, fields, buttons; shows what changes, or asks once more before a letter leaves; keeps what was
 * written on any refusal.
 */
export function Frame({ complaint, offer, body, missing = [], onMoved, onConflict, onCancel, children }: FrameProps) {
  const { words } = useDesk();
  const { errors, problem, busy, attempt } = useAttempt();
  const [asking, setAsking] = useState<'letter' | Changes | null>(null);
  const key = useRef(crypto.randomUUID());
  const heading = useRef<HTMLHeadingElement>(null);
  const drawer = useContext(DrawerContext);
  useEffect(() => {
    // Whoever enters the page begins with its heading, even where a form stands open.
    if (!drawer?.restored) heading.current?.focus();
  }, []);
  const { move, letter, expected } = offer;
  const seen = SEEN_FIRST.includes(move);

  const refused = ({ status, body: { current } }: Problem): boolean => {
    // Without an answer nobody knows whether the move was made, so the next attempt carries the same key.
    if (status > 0 && status < 500) key.current = crypto.randomUUID();
    if (!current || !('reference' in current)) return false;
    onConflict(current);
    return true;
  };
  const send = () => {
    setAsking(null);
    void attempt([], async () => onMoved(await api.move(complaint, move, key.current, body)), refused);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(
      missing,
      async () => {
        if (seen) setAsking(await api.preview(complaint, move, body));
        else if (letter) setAsking('letter');
        else onMoved(await api.move(complaint, move, key.current, body));
      },
      refused,
    );
  };

  const texts = words.moves[move];
  const asked = { complaint, onSend: send, onKeep: () => setAsking(null) };
  return (
    <ErrorsContext.Provider value={errors}>
      <form class="move" onSubmit={submit} noValidate aria-labelledby="move-title">
        <ErrorSummary errors={errors} problem={problem} />
        <h2 id="move-title" ref={heading} tabIndex={-1}>
          {expected ? words.complaint.next(texts.next) : texts.act}
        </h2>
        <p class="small">{consequence(offer, complaint, words)}</p>
        {children}
        <div class="buttons">
          <button type="submit" class="filled">
            {busy ? words.form.busy : seen ? words.changes.show : texts.act}
          </button>
          <button type="button" onClick={onCancel}>
            {words.form.cancel}
          </button>
        </div>
      </form>
      {asking === 'letter' && letter && <ConfirmLetter {...asked} letter={letter} />}
      {asking && asking !== 'letter' && <ConfirmChanges {...asked} move={move} changes={asking} />}
    </ErrorsContext.Provider>
  );
}

/** Shows what it holds from the moment the server asks for it, or from the beginning. */
export function AskedFor({ pointer, always, children }: { pointer: string; always: boolean; children: ComponentChildren }) {
  const errors = useContext(ErrorsContext);
  const asked = useRef(always);
  asked.current ||= errors.some((error) => error.pointer === pointer);
  return <>{asked.current && children}</>;
}

/** Whoever judges says each time, of their own accord, that they have no tie to the people concerned; it is not kept. */
export function useNoConflict() {
  const { words } = useDesk();
  const [said, setSaid] = useState(false);
  return {
    no_conflict: said,
    missing: said ? [] : [{ pointer: '/no_conflict', code: 'declare_no_conflict' }],
    field: <Tick pointer="/no_conflict" label={words.form.noConflict} hint={words.form.noConflictHint} value={said} onValue={setSaid} />,
  };
}

/** The ways by which a complainant can tell us something; what they do on the tracking page they do themselves. */
const MEDIA: readonly Medium[] = ['phone', 'letter', 'counter', 'email', 'sms'];

export function useMedium(media: readonly Medium[] = MEDIA, label?: string) {
  const { words } = useDesk();
  const [medium, setMedium] = useKept<Medium | ''>('medium', '');
  return {
    medium,
    missing: isMissing('/medium', medium, 'choice_required'),
    field: (
      <Radios
        pointer="/medium"
        label={label ?? words.form.medium}
        value={medium}
        onValue={setMedium}
        choices={media.map((one) => [one, words.form.media[one]] as const)}
        row
      />
    ),
  };
}

/** Who can be given something. Without the list there is only the person who is working here. */
export function useStaff(): StaffMember[] {
  const { me, lost } = useDesk();
  const [staff, setStaff] = useState<StaffMember[]>([]);
  useEffect(() => {
    api.staff().then(setStaff, (error: unknown) => {
      if (!lost(error)) setStaff([{ ...me, away_until: null, open: null }]);
    });
  }, [lost, me]);
  return staff;
}

/** Whom the complaint keeps from having it in hand: who is complained about, has a tie, or may not know of it. */
export const barredFrom = (complaint: Complaint): ((sub: string) => boolean) => {
  const out = new Set([...complaint.complained_about, ...complaint.conflicted].map(({ id }) => id));
  const members = new Set(complaint.members.map(({ id }) => id));
  return (sub) => out.has(sub) || (complaint.confidential && !members.has(sub));
};

export interface PersonProps {
  pointer: string;
  label: string;
  hint: string;
  value: string;
  onValue: (sub: string) => void;
  /** Leaves people out. */
  without: (sub: string, person: StaffMember) => boolean;
}

export function PersonSelect({ without, ...field }: PersonProps) {
  const { words, format } = useDesk();
  const choices = useStaff()
    .filter((person) => !without(person.id, person))
    .map(({ id, name, open, away_until }) => {
      const known = [name];
      if (open !== null) known.push(words.opens(open));
      if (away_until) known.push(words.awayUntil(format.date(away_until)));
      return [id, known.join(' · ')] as const;
    });
  return <Select {...field} choices={choices} />;
}

export function PeopleTicks({ without, ...field }: Omit<PersonProps, 'value' | 'onValue'> & { value: string[]; onValue: (subs: string[]) => void }) {
  const { words } = useDesk();
  const choices = useStaff()
    .filter((person) => !without(person.id, person))
    .map(({ id, name, roles }) => [id, `${name} · ${roles.map((role) => words.roles[role]).join(', ')}`] as const);
  return <Ticks {...field} choices={choices} />;
}

const NO_FILE = 'none';

/** One of the files of the complaint; where it must be one and there is none, why that is so. */
export function FileSelect({ complaint, pointer, label, value, onValue, needed }: { complaint: Complaint; pointer: string; label: string; value: string; onValue: (file: string) => void; needed?: boolean }) {
  const { words } = useDesk();
  const files = complaint.files.filter(({ can_download }) => can_download).map(({ id, name }) => [id, name] as const);
  const choices = needed ? files : [[NO_FILE, words.form.fileNone] as const, ...files];
  if (!needed && !files.length) return null;
  return (
    <Select
      pointer={pointer}
      label={label}
      hint={files.length ? undefined : words.form.fileMissing}
      value={value || (needed ? '' : NO_FILE)}
      onValue={(file) => onValue(file === NO_FILE ? '' : file)}
      choices={choices}
      optional={!needed}
    />
  );
}

type FormWord = { [K in keyof ReturnType<typeof useDesk>['words']['form']]: ReturnType<typeof useDesk>['words']['form'][K] extends string ? K : never }[keyof ReturnType<typeof useDesk>['words']['form']];

/** The moves that ask for one text, in letter type where the complainant reads it. */
export function textForm(label: FormWord, hint?: FormWord, letter = false) {
  return function TextForm(props: FormProps) {
    const { words } = useDesk();
    const { field, sent, missing } = useTyped({ words: '' });
    return (
      <Frame {...props} body={sent} missing={missing('words')}>
        <Text {...field('words')} label={words.form[label]} hint={hint && words.form[hint]} rows={letter ? 6 : 4} letter={letter} />
      </Frame>
    );
  };
}
