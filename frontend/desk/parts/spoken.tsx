/** One text in each language, side by side: nothing is published in one of them alone. */
import { useContext } from 'preact/hooks';
import { useDesk, useLaterWords } from '../desk';
import { CODES } from '../language';
import type { Language } from '../shapes';
import { PlainContext, Text } from './fields';

type Spoken = Record<Language, string>;
export const UNSAID = Object.fromEntries(CODES.map((code) => [code, ''])) as Spoken;

interface Props {
  pointer: string;
  label: string;
  hint?: string;
  optional?: boolean;
  value: Spoken;
  onValue: (value: Spoken) => void;
  rows?: number;
}

export function SpokenTexts({ pointer, label, hint, value, onValue, ...given }: Props) {
  const { words } = useDesk();
  const texts = useLaterWords().versions;
  const plain = useContext(PlainContext);
  return (
    <div class="spoken">
      {hint && !plain && <p class="hint">{hint}</p>}
      <div class="pair">
        {CODES.map((language) => (
          <Text
            key={language}
            {...given}
            pointer={`${pointer}/${language}`}
            label={texts.inLanguage(label, words.languages[language])}
            value={value[language]}
            onValue={(text) => onValue({ ...value, [language]: text })}
            lang={language}
            wide
          />
        ))}
      </div>
    </div>
  );
}

/** As the server takes it: nothing, where no language has anything. */
export const saidOrNone = (value: Spoken): Spoken | null => (CODES.some((code) => value[code].trim()) ? value : null);
