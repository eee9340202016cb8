// What has been typed, kept in this tab until it is sent; for a week on this device too, where a person asks for it. No
// file, no code and no token is ever kept.

import { drop, recall, store } from "./store";

const PLACE = "redress-draft";
const WEEK = 7 * 24 * 60 * 60_000;

export interface Draft {
  /** Of which form this is: the names of its questions. */
  form: string;
  values: Record<string, string>;
  /** What was last sent and under which key: the same answers sent again are the same complaint. */
  sent?: { answers: string; key: string };
  /** Until when this device keeps it, in milliseconds since 1970; without it, the tab alone does. */
  until?: number;
}

export const inAWeek = (): number => Date.now() + WEEK;

/** The draft of this form, empty if there is none; `old` says that one of another form was there, and was dropped. */
export function kept(form: string): { draft: Draft; old: boolean } {
  const here = recall<Draft>(PLACE);
  const device = recall<Draft>(PLACE, true);
  const lives = Number(device?.until) > Date.now();
  if (device && !lives) drop(PLACE, true);
  const found = here ?? (lives ? device : null);
  if (!found) return { draft: { form, values: {} }, old: false };
  if (found.form === form && typeof found.values === "object") return { draft: found, old: false };
  forget();
  return { draft: { form, values: {} }, old: true };
}

/** Says whether it is kept wherever it should be. */
export function keep(draft: Draft): boolean {
  const here = store(PLACE, draft);
  return draft.until ? store(PLACE, draft, true) : here;
}

export const leaveDevice = (): void => drop(PLACE, true);

export function forget(): void {
  drop(PLACE);
  leaveDevice();
}
