/** How codes are read out, in the language of who listens. The codes have neither I, L, O nor U. */
import type { Language } from '../shapes';

const DIGITS: Record<Language, string> = {
  tr: 'sıfır bir iki üç dört beş altı yedi sekiz dokuz',
  en: 'zero one two three four five six seven eight nine',
};

const LETTERS: Record<Language, string> = {
  tr: 'Ankara Bolu Ceyhan Denizli Edirne Fatsa Giresun Hatay Jandarma Kars Muş Niğde Polatlı Kü Rize Sinop Tokat Van Çift_ve İks Yozgat Zonguldak',
  en: 'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Mike November Papa Quebec Romeo Sierra Tango Victor Whiskey X-ray Yankee Zulu',
};

const SIGNS = { DIGITS: '0123456789', LETTERS: 'ABCDEFGHJKMNPQRSTVWXYZ' };

/** One word for each sign of a code. */
export function spelled(code: string, language: Language): string[] {
  const digits = DIGITS[language].split(' ');
  const letters = LETTERS[language].split(' ').map((word) => word.replace('_', '\u00a0'));
  return [...code].map((sign) => digits[SIGNS.DIGITS.indexOf(sign)] ?? letters[SIGNS.LETTERS.indexOf(sign)] ?? sign);
}
