/**
 * A note for staff, or a message to the complainant: two modes that cannot be mistaken for one another.
 * The note is the default.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk } from '../desk';
import { isMissing, useAttempt } from '../parts/attempt';
import { ConfirmLetter } from '../parts/confirm';
import { ErrorsContext, ErrorSummary, idOf, Select } from '../parts/fields';
import { Icon } from '../parts/icons';
import { forget, useKeptIn } from '../parts/kept';
import type { Complaint, Content, Preview } from '../shapes';

type Mode = 'note' | 'reply';

// The page may hold another form with a field of this name.
const WORDS = '/writing/words';
const OPENING = '/writing/opening';

/** A place that somebody still has to fill in, such as [date]; the server knows them by the same signs. */
const BLANK = /\[[^[\]\n]*\p{L}[^[\]\n]*\]/gu;

export function Composer({ complaint, onWritten }: { complaint: Complaint; onWritten: (complaint: Complaint) => void }) {
  const { words, say, language } = useDesk();
  const { errors, problem, busy, attempt } = useAttempt('/writing');
  const drawer = { name: `${complaint.reference}.writing` };
  const [mode, setMode] = useKeptIn<Mode>(drawer, 'mode', 'note');
  const [text, setText] = useKeptIn(drawer, 'words', '');
  const [asking, setAsking] = useState<Preview | null>(null);
  const pad = useRef<HTMLTextAreaElement>(null);
  // The id makes a repeated request one entry; another text or another mode is another entry.
  const id = useRef(crypto.randomUUID());
  useEffect(() => {
    id.current = crypto.randomUUID();
  }, [text, mode]);

  const write = async () => {
    const written = await api.write(complaint.reference, mode === 'note' ? 'notes' : 'messages', id.current, text);
    forget(drawer.name);
    setText('');
    setMode('note');
    onWritten(written);
    say(mode === 'note' ? words.composer.noteSaved : words.composer.sent);
  };
  const send = () => {
    setAsking(null);
    void attempt([], write);
  };
  const blanks = [...text.matchAll(BLANK)];
  const submit = (event: Event) => {
    event.preventDefault();
    const unfilled = mode === 'reply' && blanks.length ? [{ pointer: WORDS, code: 'blank_left' }] : [];
    void attempt([...isMissing(WORDS, text), ...unfilled], async () => (mode === 'reply' ? setAsking(await api.previewMessage(complaint.reference, text)) : write()));
  };

  const openings = useOpenings(mode === 'reply');
  // What stands there stays; the text comes after it.
  const begin = (number: string) => {
    const chosen = openings[Number(number)]?.words[complaint.language] ?? '';
    setText([text.trimEnd(), chosen].filter(Boolean).join('\n\n'));
    pad.current?.focus();
  };

  // Marked as a whole, so that the next word takes its place.
  const choose = ({ 0: blank, index }: RegExpExecArray) => {
    pad.current?.focus();
    pad.current?.setSelectionRange(index, index + blank.length);
  };

  const { representative, contact } = complaint.complainant;
  const { name, email } = contact === 'representative' && representative ? representative : complaint.complainant;
  const written = words.languages[complaint.language];
  const label = mode === 'note' ? words.composer.noteLabel : words.composer.replyLabel;
  const error = errors.length > 0;
  return (
    <section aria-labelledby="composer-title" class="composer">
      <h2 id="composer-title">{words.composer.title}</h2>
      <ErrorsContext.Provider value={errors}>
        <form onSubmit={submit} noValidate>
          <ErrorSummary errors={errors} problem={problem} />
          <fieldset class="modes">
            <legend class="hidden">{words.composer.title}</legend>
            {(['note', 'reply'] as const).map((choice) => (
              <label key={choice} class={choice === mode ? `mode ${choice} chosen` : `mode ${choice}`}>
                <input type="radio" name="mode" value={choice} checked={choice === mode} onChange={() => setMode(choice)} />
                <Icon name={choice === 'note' ? 'internal' : 'letter'} />
                <span>{words.composer[choice]}</span>
              </label>
            ))}
          </fieldset>
          <div class={`pad ${mode}`}>
            {mode === 'reply' && (
              <p class="recipient">
                {words.composer.to} <strong>{name ?? words.confirm.theComplainant}</strong>,{' '}
                {email && complaint.told_by === 'mail' ? words.composer.byEmail(email, written) : words.composer.byPage(written)}
              </p>
            )}
            {mode === 'reply' && openings.length > 0 && (
              <div class="opening">
                <Select pointer={OPENING} label={words.composer.opening} value="" onValue={begin} choices={openings.map(({ title }, number) => [String(number), title[language] ?? ''] as const)} />
              </div>
            )}
            <label class="hidden" for={idOf(WORDS)}>
              {label}
            </label>
            <textarea
              ref={pad}
              id={idOf(WORDS)}
              rows={mode === 'note' ? 3 : 6}
              value={text}
              lang={mode === 'reply' ? complaint.language : language}
              onInput={(event) => setText(event.currentTarget.value)}
              aria-invalid={error ? 'true' : 'false'}
            />
            {mode === 'reply' && blanks.length > 0 && (
              <p class="blanks">
                {words.composer.blanks}{' '}
                {blanks.map((blank) => (
                  <button type="button" class="blank" key={blank.index} onClick={() => choose(blank)}>
                    {blank[0]}
                  </button>
                ))}
              </p>
            )}
            <div class="pad-foot">
              <button type="submit" class={mode === 'reply' ? 'filled' : ''}>
                {busy ? words.form.busy : mode === 'reply' ? words.composer.send : words.composer.save}
              </button>
              <span class="small">
                {mode === 'note' ? words.composer.noteHint : words.composer.replyHint} {text && words.composer.draft}
              </span>
            </div>
          </div>
        </form>
      </ErrorsContext.Provider>
      {asking && <ConfirmLetter complaint={complaint} letter="message" preview={asking} onSend={send} onKeep={() => setAsking(null)} />}
    </section>
  );
}

/** The texts to begin with, once they are wanted. Without them a message is written all the same. */
function useOpenings(wanted: boolean): Content<'texts'>['texts'] {
  const { lost } = useDesk();
  const [openings, setOpenings] = useState<Content<'texts'>['texts']>([]);
  useEffect(() => {
    if (!wanted) return;
    api.readRegister('texts').then(
      ({ content }) => setOpenings(content?.texts ?? []),
      (error: unknown) => void lost(error),
    );
  }, [wanted, lost]);
  return openings;
}
