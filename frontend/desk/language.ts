/** The reader's language: chosen here once, else the browser's. It is a setting of the device and no secret. */
import type { Language } from './shapes';
import { en, type Words } from './words/en';
import { tr } from './words/tr';

const CHOSEN = 'redress.language';

const isLanguage = (value: string | null | undefined): value is Language => value === 'tr' || value === 'en';

export const wordsOf = (language: Language): Words => (language === 'tr' ? tr : en);

/** What was chosen on this device, else `preferred` (the staff profile's), else the browser's language. */
export function readLanguage(preferred?: Language): Language {
  const chosen = localStorage.getItem(CHOSEN);
  if (isLanguage(chosen)) return chosen;
  return preferred ?? (navigator.language.startsWith('tr') ? 'tr' : 'en');
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(CHOSEN, language);
}
