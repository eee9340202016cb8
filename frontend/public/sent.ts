// After sending: the form does not come back with the same complaint in it, and another can be begun.

import { all, one } from "./dom";
import { forget } from "./draft";
import { drop, recall, store } from "./store";

const PLACE = "redress-sent"; // the number of the complaint that was sent from this tab; never its code

/** The confirmation: what was typed is kept no longer. */
export function sent(number: string): void {
  forget();
  store(PLACE, number);
}

/** On the form, in the place of its questions: that it was sent, and the two ways on. */
export function already(): void {
  const section = one("[data-already]");
  const number = recall<string>(PLACE);
  if (!section || !number || one("[data-answered]")) return;
  one("[data-number]", section)?.replaceChildren(number);
  for (const other of section.parentElement?.children ?? []) other.toggleAttribute("hidden", other !== section);
}

export function another(): void {
  for (const link of all("[data-another]")) link.addEventListener("click", () => drop(PLACE));
}
