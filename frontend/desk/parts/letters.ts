/** The words about a letter that leaves, as it can leave. */
import type { Complaint, Letter } from '../shapes';
import type { Words } from '../words/en';

export function letterWords(letter: Letter, complaint: Complaint, words: Words): string {
  if (complaint.anonymous) return words.letterNobody;
  return complaint.by_mail ? words.letterGoes(words.letters[letter]) : words.letterNoEmail;
}
