/**
 * A note for staff, or a message to the complainant: two modes that cannot be mistaken for one another.
 * The note is the default.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk } from '../desk';
import { isMissing, useAttempt, within } from '../parts/attempt';
import { ConfirmLetter } from '../parts/confirm';
import { ErrorsContext, ErrorSummary, idOf } from '../parts/fields';
import { Icon } from '../parts/icons';
import { forget, useKeptIn } from '../parts/kept';
import type { Complaint } from '../shapes';

type Mode = 'note' | 'reply';

// The page may hold another form with a field of this name.
const WORDS = '/writing/words';

export function Composer({ complaint, onWritten }: { complaint: Complaint; onWritten: (complaint: Complaint) => void }) {
  const { words, say, language } = useDesk();
  const { errors, problem, busy, attempt } = useAttempt();
  const drawer = { name: `${complaint.reference}.writing` };
  const [mode, setMode] = useKeptIn<Mode>(drawer, 'mode', 'note');
  const [text, setText] = useKeptIn(drawer, 'words', '');
  const [asking, setAsking] = useState(false);
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
    setAsking(false);
    void attempt([], write);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(isMissing(WORDS, text), async () => (mode === 'reply' ? setAsking(true) : write()));
  };

  const { representative, contact } = complaint.complainant;
  const { name, email } = contact === 'representative' && representative ? representative : complaint.complainant;
  const written = words.languages[complaint.language];
  const label = mode === 'note' ? words.composer.noteLabel : words.composer.replyLabel;
  const here = within('/writing', errors);
  const error = here.length > 0;
  return (
    <section aria-labelledby="composer-title" class="composer">
      <h2 id="composer-title">{words.composer.title}</h2>
      <ErrorsContext.Provider value={here}>
        <form onSubmit={submit} noValidate>
          <ErrorSummary errors={here} problem={problem} />
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
            <label class="hidden" for={idOf(WORDS)}>
              {label}
            </label>
            <textarea
              id={idOf(WORDS)}
              rows={mode === 'note' ? 3 : 6}
              value={text}
              lang={mode === 'reply' ? complaint.language : language}
              onInput={(event) => setText(event.currentTarget.value)}
              aria-invalid={error ? 'true' : 'false'}
            />
            <div class="pad-foot">
              <button type="submit" class={mode === 'reply' ? 'filled' : ''}>
                {busy ? words.form.busy : mode === 'reply' ? words.composer.send : words.composer.save}
              </button>
              <span class="small">
                {mode === 'note' ? words.composer.noteHint : ''} {text && words.composer.draft}
              </span>
            </div>
          </div>
        </form>
      </ErrorsContext.Provider>
      {asking && <ConfirmLetter complaint={complaint} letter="message" onSend={send} onKeep={() => setAsking(false)} />}
    </section>
  );
}
