/** The colour of the organisation: what is given, and what is seen of it by day and by night. */
import { useEffect, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { Text } from '../parts/fields';
import type { Accent } from '../shapes';
import { Register } from './register';

const WRITTEN = /^#[0-9a-f]{6}$/i;

export function Brand() {
  const texts = useLaterWords().framework.brand;
  return (
    <Register name="brand" draftOf={(kept) => ({ accent: kept?.accent ?? '' })} contentOf={(draft) => draft}>
      {(draft, set) => (
        <section aria-labelledby="colour">
          <h2 id="colour">{texts.colour}</h2>
          <p class="small">{texts.colourMore}</p>
          <Text pointer="/content/accent" label={texts.accent} hint={texts.accentHint} optional value={draft.accent} onValue={(accent) => set({ accent: accent.trim() })} />
          <Seen colour={draft.accent} />
        </section>
      )}
    </Register>
  );
}

/** Both results, before anything is saved. */
function Seen({ colour }: { colour: string }) {
  const { lost } = useDesk();
  const texts = useLaterWords().framework.brand;
  const [seen, setSeen] = useState<Accent | null>(null);
  useEffect(() => {
    let asked = true;
    setSeen(null);
    if (WRITTEN.test(colour)) api.accent(colour).then((found) => asked && setSeen(found), lost);
    return () => {
      asked = false;
    };
  }, [colour, lost]);
  return (
    <div role="status">
      {seen && (
        <>
          <Sample title={texts.light} paper="#ffffff" on="#ffffff" colour={seen.light} ratio={seen.light_ratio} />
          <Sample title={texts.dark} paper="#141c1a" on="#0d1412" colour={seen.dark} ratio={seen.dark_ratio} />
          {seen.warns && <p class="small">{texts.warns}</p>}
        </>
      )}
    </div>
  );
}

interface SampleProps {
  title: string;
  paper: string;
  on: string;
  colour: string;
  ratio: number;
}

/** A line and a button, as they will stand on the page. */
function Sample({ title, paper, on, colour, ratio }: SampleProps) {
  const { format } = useDesk();
  const texts = useLaterWords().framework.brand;
  return (
    <figure>
      <figcaption>{texts.becomes(title, colour, format.mean(Math.floor(ratio * 10) / 10))}</figcaption>
      <svg width="240" height="72" aria-hidden="true" focusable="false">
        <rect width="240" height="72" fill={paper} />
        <rect x="24" width="3" height="72" fill={colour} />
        <rect x="48" y="16" width="150" height="40" fill={colour} />
        <text x="123" y="41" fill={on} font-size="15" font-weight="700" text-anchor="middle">
          {texts.sample}
        </text>
      </svg>
    </figure>
  );
}
