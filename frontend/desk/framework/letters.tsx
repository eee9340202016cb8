/** A sentence of the organisation's own for each letter, and the whole letter as it then reads. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { CODES } from '../language';
import { useAttempt } from '../parts/attempt';
import { ErrorsContext, ErrorSummary, PlainContext, Select } from '../parts/fields';
import { SpokenTexts, UNSAID } from '../parts/spoken';
import type { Language, Letter, LetterTold } from '../shapes';
import { Register } from './register';

type Own = Partial<Record<Letter, typeof UNSAID>>;

const said = (own: Own): Own => Object.fromEntries(Object.entries(own).filter(([, texts]) => Object.values(texts).some((text) => text.trim())));

export function Letters() {
  const { words } = useDesk();
  const kinds = Object.keys(words.letters) as Letter[];
  const [kind, setKind] = useState<Letter>('acknowledgement');
  const texts = useLaterWords().framework.letters;
  return (
    <Register name="letters" draftOf={(kept) => ({ own: { ...kept?.own } as Own })} contentOf={({ own }) => ({ own: said(own) })}>
      {({ own }, set) => (
        <>
          <PlainContext.Provider value={false}>
            <Select
              pointer="/kind"
              label={texts.letter}
              value={kind}
              onValue={setKind}
              choices={kinds.map((one) => [one, said(own)[one] ? texts.withOwn(words.letters[one]) : words.letters[one]] as const)}
            />
          </PlainContext.Provider>
          <SpokenTexts
            key={kind}
            pointer={`/content/own/${kind}`}
            label={texts.sentence}
            hint={texts.sentenceHint}
            optional
            value={own[kind] ?? UNSAID}
            onValue={(text) => set({ own: { ...own, [kind]: text } })}
            rows={3}
          />
          <Seen key={`${kind} preview`} kind={kind} own={own[kind] ?? UNSAID} />
        </>
      )}
    </Register>
  );
}

/** The letter about an invented complaint, with what stands in the fields now. */
function Seen({ kind, own }: { kind: Letter; own: typeof UNSAID }) {
  const { words } = useDesk();
  const later = useLaterWords();
  const texts = later.framework.letters;
  const [letter, setLetter] = useState<(LetterTold & { language: Language }) | null>(null);
  const { errors, problem, attempt } = useAttempt();
  const subject = useRef<HTMLHeadingElement>(null);
  useEffect(() => subject.current?.focus(), [letter]);
  const look = (language: Language) =>
    void attempt([], async () => {
      setLetter(null);
      setLetter({ ...(await api.previewLetter({ kind, language, own: own[language] || null })), language });
    });
  return (
    <ErrorsContext.Provider value={errors}>
      <ErrorSummary errors={errors} problem={problem} />
      <p class="buttons">
        {CODES.map((language) => (
          <button type="button" key={language} onClick={() => look(language)}>
            {later.versions.inLanguage(texts.look, words.languages[language])}
          </button>
        ))}
      </p>
      {letter && (
        <div class="sees" lang={letter.language}>
          <h3 ref={subject} tabIndex={-1}>
            {letter.subject}
          </h3>
          <p class="kept-lines">{letter.text}</p>
        </div>
      )}
    </ErrorsContext.Provider>
  );
}
