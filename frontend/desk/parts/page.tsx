/** What every screen begins with: its heading, which takes the focus when the screen is entered, and the title. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Problem } from '../api';
import { useDesk } from '../desk';
import { queueAddress, RULES } from '../route';
import { mayRead } from '../shapes';
import { said } from './fields';

/** `arrived` changes when another screen, or another page of it, has been entered; then the heading takes the focus. */
export function Heading({ title, arrived, letter, children }: { title: string; arrived: string; letter?: boolean; children?: ComponentChildren }) {
  const { words, me } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = words.title(title, me.organisation);
  }, [title, words, me.organisation]);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [arrived]);
  return (
    <h1 ref={heading} tabIndex={-1} class={letter ? 'letter' : ''}>
      {children ?? title}
    </h1>
  );
}

/** A screen that could not be read: not allowed, not there, or no answer. */
export function Failed({ problem, onAgain }: { problem: Problem; onAgain: () => void }) {
  const { words, me } = useDesk();
  const texts = words.problems;
  const [title, text] =
    problem.status === 403
      ? [texts.forbiddenTitle, texts.forbidden]
      : problem.status === 404
        ? [texts.notFoundTitle, texts.notFound]
        : [texts.title, said(problem, words)];
  return (
    <div class="lone">
      <Heading title={title} arrived={title} />
      <p>{text}</p>
      <p class="buttons">
        {![403, 404, 410].includes(problem.status) && (
          <button type="button" class="filled" onClick={onAgain}>
            {words.start.again}
          </button>
        )}
        {mayRead(me) ? <a href={queueAddress('open')}>{texts.toQueue}</a> : <a href={RULES}>{words.titles.rules}</a>}
      </p>
    </div>
  );
}

export const Loading = ({ words }: { words: string }) => (
  <p class="loading" role="status">
    {words}
  </p>
);
