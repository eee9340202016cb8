/** The reader's language: chosen here once, else the browser's. It is a setting of the device and no secret. */
import type { Language } from './shapes';
import type { Words } from './words/en';
import type { LaterWords } from './words/later/en';

const CHOSEN = 'redress.language';

/** The languages of the desk, each under its own name, with the file that holds its words and that of the later screens. */
export const LANGUAGES: Record<Language, { name: string; words: () => Promise<Words>; later: () => Promise<LaterWords> }> = {
  tr: { name: 'Türkçe', words: async () => (await import('./words/tr')).tr, later: async () => (await import('./words/later/tr')).tr },
  en: { name: 'English', words: async () => (await import('./words/en')).en, later: async () => (await import('./words/later/en')).en },
};

export const CODES = Object.keys(LANGUAGES) as Language[];

const isLanguage = (value: string | null | undefined): value is Language => value !== null && value !== undefined && value in LANGUAGES;

const learned = new Map<Language, Words>();
const learnedLater = new Map<Language, LaterWords>();
let isLater = false;

/** Fetches the words of one language; most people never need another. From then on `wordsOf` has them. */
export async function learn(language: Language): Promise<Words> {
  const words = await LANGUAGES[language].words();
  learned.set(language, words);
  // The screen that is open may be a later one.
  if (isLater) await learnLater(language);
  return words;
}

/** Fetches those of the later screens, too; from then on every language is learned with them. */
export async function learnLater(language: Language): Promise<void> {
  isLater = true;
  learnedLater.set(language, await LANGUAGES[language].later());
}

export const wordsOf = (language: Language): Words => known(learned, language);
export const laterWordsOf = (language: Language): LaterWords => known(learnedLater, language);

function known<Dictionary>(of: Map<Language, Dictionary>, language: Language): Dictionary {
  const words = of.get(language);
  if (!words) throw new Error(`not learned: ${language}`);
  return words;
}

/** What was chosen on this device, else `preferred` (the staff profile's), else the browser's language. */
export function readLanguage(preferred?: Language): Language {
  const chosen = localStorage.getItem(CHOSEN);
  if (isLanguage(chosen)) return chosen;
  const spoken = navigator.language.slice(0, 2);
  return preferred ?? (isLanguage(spoken) ? spoken : 'en');
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(CHOSEN, language);
}
