/** The words about a letter that leaves, as it can leave. */
import type { Complaint, Letter } from '../shapes';
import type { Words } from '../words/en';

export function letterWords(letter: Letter, complaint: Complaint, words: Words): string {
  return { mail: words.letterGoes(words.letters[letter]), person: words.letterNoEmail, tracking_page: words.letterNobody }[complaint.told_by];
}
