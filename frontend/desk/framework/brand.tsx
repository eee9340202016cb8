/** Name, logo and colour of the organisation: what is given, and what is seen of it by day and by night. */
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { describedBy, idOf, PlainContext, Says, Text, useError } from '../parts/fields';
import type { Accent } from '../shapes';
import { Register } from './register';

const WRITTEN = /^#[0-9a-f]{6}$/i;
const HEAVIEST = 15_000; // bytes: the server takes no heavier logo
const DAY = { paper: '#ffffff', ink: '#13201c', on: '#ffffff' };
const NIGHT = { paper: '#141c1a', ink: '#e9f0ed', on: '#0d1412' };

export function Brand() {
  const texts = useLaterWords().framework.brand;
  return (
    <Register name="brand" draftOf={(kept) => ({ name: kept?.name ?? '', accent: kept?.accent ?? '', logo: kept?.logo ?? '' })} contentOf={(draft) => draft}>
      {(draft, set) => (
        <>
          <section aria-labelledby="head">
            <h2 id="head">{texts.head}</h2>
            <Text pointer="/content/name" label={texts.name} hint={texts.nameHint} optional value={draft.name} onValue={(name) => set({ name })} wide />
            <LogoField value={draft.logo} onValue={(logo) => set({ logo })} />
            {(draft.name || draft.logo) && <Head name={draft.name || texts.installed} logo={draft.logo} />}
          </section>
          <section aria-labelledby="colour">
            <h2 id="colour">{texts.colour}</h2>
            <p class="small">{texts.colourMore}</p>
            <Text pointer="/content/accent" label={texts.accent} hint={texts.accentHint} optional value={draft.accent} onValue={(accent) => set({ accent: accent.trim() })} />
            <Seen colour={draft.accent} />
          </section>
        </>
      )}
    </Register>
  );
}

/** A small picture, kept as base64. One that is too heavy does not set out for the server. */
function LogoField({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const { words } = useDesk();
  const texts = useLaterWords().framework.brand;
  const pointer = '/content/logo';
  const refused = useError(pointer);
  const [heavy, setHeavy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const error = heavy ? words.problems.fields.file_size : refused;
  if (useContext(PlainContext)) return null;
  const choose = async () => {
    const file = picker.current?.files?.[0];
    if (!file) return;
    setHeavy(file.size > HEAVIEST);
    if (file.size <= HEAVIEST) onValue(btoa(String.fromCharCode(...new Uint8Array(await file.arrayBuffer()))));
    if (picker.current) picker.current.value = ''; // the same file may be chosen again
  };
  return (
    <div class={`field ${error ? 'wrong' : ''}`}>
      <p>
        <strong>{texts.logo}</strong> <span class="quiet">{words.form.optional}</span>
      </p>
      <Says pointer={pointer} hint={texts.logoHint} error={error} />
      <div class="buttons">
        <p class="picker">
          <input ref={picker} id={idOf(pointer)} type="file" accept=".png,.jpg,.jpeg,.webp" onChange={() => void choose()} {...describedBy(pointer, texts.logoHint, error)} />
          <label class="button" for={idOf(pointer)}>
            {value ? texts.another : texts.choose}
          </label>
        </p>
        {value && (
          <button type="button" class="minor" onClick={() => onValue('')}>
            {texts.remove}
          </button>
        )}
      </div>
    </div>
  );
}

interface Shown {
  src: string;
  width: number;
  height: number;
}

/** The head of a page. */
function Head({ name, logo }: { name: string; logo: string }) {
  const texts = useLaterWords().framework.brand;
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    setShown(null);
    if (!logo) return;
    const file = new Blob([Uint8Array.from(atob(logo), (letter) => letter.charCodeAt(0))]);
    const src = URL.createObjectURL(file);
    let asked = true;
    const measured = ({ width, height }: ImageBitmap) => {
      const scale = Math.min(1, 36 / height, 176 / width);
      if (asked) setShown({ src, width: width * scale, height: height * scale });
    };
    createImageBitmap(file).then(measured, () => undefined); // no picture: the server says so
    return () => {
      asked = false;
      URL.revokeObjectURL(src);
    };
  }, [logo]);
  const schemes = [
    [texts.light, DAY],
    [texts.dark, NIGHT],
  ] as const;
  return (
    <>
      {schemes.map(([title, { paper, ink }]) => (
        <figure key={title}>
          <figcaption>{title}</figcaption>
          <svg width="300" height="120" aria-hidden="true" focusable="false">
            <rect width="300" height="120" fill={paper} />
            {shown && <rect x="16" y="12" width={shown.width + 12} height={shown.height + 8} rx="2" fill="#ffffff" />}
            {shown && <image x="22" y="16" width={shown.width} height={shown.height} href={shown.src} />}
            <foreignObject x="16" y={shown ? shown.height + 24 : 16} width="268" height="64" {...{ color: ink }}>
              <strong>{name}</strong>
            </foreignObject>
          </svg>
        </figure>
      ))}
    </>
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
          <Sample title={texts.light} {...DAY} colour={seen.light} ratio={seen.light_ratio} />
          <Sample title={texts.dark} {...NIGHT} colour={seen.dark} ratio={seen.dark_ratio} />
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
