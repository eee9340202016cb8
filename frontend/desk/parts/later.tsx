/** Screens that come in a file of their own, when they are first wanted. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useDesk } from '../desk';
import { learnLater } from '../language';
import { Heading, Loading } from './page';

interface Kind {
  /** Part of a screen that has a heading of its own. */
  inside?: boolean;
  /** It says something that stands among the words of the later screens. */
  withWords?: boolean;
}

/** The component that `load` brings. It may not come: the connection is gone, or a new version took its file away. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>, { inside = false, withWords = false }: Kind = {}): ComponentType<Props> {
  let here: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const { words, language } = useDesk();
    const [Screen, setScreen] = useState(() => here);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (here) return;
      Promise.all([load(), withWords && learnLater(language)]).then(
        ([found]) => {
          here = found;
          setScreen(() => found);
        },
        () => setFailed(true),
      );
    }, []);
    if (Screen) return <Screen {...props} />;
    if (!failed) return <Loading words={words.page.loading} />;
    return (
      <div class="lone" role="alert">
        {inside ? <h2>{words.page.failedTitle}</h2> : <Heading title={words.page.failedTitle} arrived="failed" />}
        <p>{words.page.failed}</p>
        <p class="buttons">
          {/* A browser remembers that a file did not come: asking again would change nothing. */}
          <button type="button" class="filled" onClick={() => location.reload()}>
            {words.page.reload}
          </button>
        </p>
      </div>
    );
  };
}
