/** The papers about a complaint: each in either language, drawn when it is wanted. */
import { useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk } from '../desk';
import { CODES } from '../language';
import { useAttempt } from '../parts/attempt';
import { said } from '../parts/fields';
import type { Language } from '../shapes';

const PAPERS = ['follow-up', 'case-file'] as const;
type Paper = (typeof PAPERS)[number];

/** The API wants the token in a header, so a plain link would not do. */
function keep(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function Papers({ reference }: { reference: string }) {
  const { words, say } = useDesk();
  const { problem, busy, attempt } = useAttempt();
  const [drawing, setDrawing] = useState('');
  const texts = words.papers;
  const draw = (paper: Paper, language: Language) => {
    if (busy) return;
    setDrawing(paper + language);
    void attempt([], async () => {
      keep(await api.paper(reference, paper, language), `${paper}-${reference}-${language}.pdf`);
      say(texts.saved(texts.in(texts.names[paper], words.languages[language])));
    });
  };
  return (
    <section class="papers" aria-labelledby="papers-title">
      <h2 id="papers-title">{texts.title}</h2>
      <p class="small">{texts.inside}</p>
      <dl>
        {PAPERS.map((paper) => (
          <div key={paper}>
            <dt>{texts.names[paper]}</dt>
            <dd>
              {CODES.map((language) => (
                <button
                  key={language}
                  type="button"
                  class="minor"
                  aria-label={texts.in(texts.names[paper], words.languages[language])}
                  onClick={() => draw(paper, language)}
                >
                  {busy && drawing === paper + language ? texts.busy : words.languages[language]}
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {problem && (
        <p class="message" role="alert">
          {said(problem, words)}
        </p>
      )}
    </section>
  );
}
