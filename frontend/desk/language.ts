/** The reader's language: chosen here once, else the browser's. It is a setting of the device and no secret. */
import type { Language } from './shapes';
import type { Words } from './words/en';

const CHOSEN = 'redress.language';

const isLanguage = (value: string | null | undefined): value is Language => value === 'tr' || value === 'en';

const learned = new Map<Language, Words>();

/** Fetches the words of one language; most people never need the other. From then on `wordsOf` has them. */
export async function learn(language: Language): Promise<Words> {
  const words = language === 'tr' ? (await import('./words/tr')).tr : (await import('./words/en')).en;
  learned.set(language, words);
  return words;
}

export function wordsOf(language: Language): Words {
  const words = learned.get(language);
  if (!words) throw new Error(`not learned: ${language}`);
  return words;
}

/** What was chosen on this device, else `preferred` (the staff profile's), else the browser's language. */
export function readLanguage(preferred?: Language): Language {
  const chosen = localStorage.getItem(CHOSEN);
  if (isLanguage(chosen)) return chosen;
  return preferred ?? (navigator.language.startsWith('tr') ? 'tr' : 'en');
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(CHOSEN, language);
}
