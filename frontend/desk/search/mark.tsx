/** Marks in a text the words that were looked for, by the rules by which the server finds them (words.py). */
import type { ComponentChildren } from 'preact';

const STEM = 5; // letters: endings do not matter
const PIECE = /\S+/gu;
const WORD = /[\p{L}\p{N}]+/gu;
const DIGIT = /\p{N}/u;

/** Without case and diacritics: İ, ı, I and i are all i. */
export const folded = (text: string): string => text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase().replaceAll('ı', 'i');

const together = (text: string): string => (folded(text).match(WORD) ?? []).join('');

/** The words of a text and where they stand. What holds a digit stays in one piece between two spaces. */
function words(text: string): { from: number; length: number; token: string }[] {
  return [...text.matchAll(PIECE)].flatMap(({ 0: piece, index }) => {
    if (DIGIT.test(piece)) return [{ from: index, length: piece.length, token: together(piece) }];
    return [...piece.matchAll(WORD)].map(({ 0: word, index: at }) => ({ from: index + at, length: word.length, token: folded(word).slice(0, STEM) }));
  });
}

/** A function that marks in any text what the question `q` asked for. */
export function marking(q: string): (text: string) => ComponentChildren {
  const wanted = new Set([...words(q).map(({ token }) => token), together(q)]);
  return (text) => {
    const parts: ComponentChildren[] = [];
    let end = 0;
    for (const { from, length, token } of words(text)) {
      if (!wanted.has(token)) continue;
      parts.push(text.slice(end, from), <mark>{text.slice(from, from + length)}</mark>);
      end = from + length;
    }
    return [...parts, text.slice(end)];
  };
}
