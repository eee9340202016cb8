// What has been typed, kept in this tab until it is sent. No file, no code and no token is ever kept.

import { drop, recall, store } from "./store";

const PLACE = "redress-draft";

export interface Draft {
  values: Record<string, string>;
  /** What was last sent and under which key: the same answers sent again are the same complaint. */
  sent?: { answers: string; key: string };
}

/** The draft, or null; also where the browser keeps nothing (then the form works without). */
export const kept = (): Draft | null => recall(PLACE);
export const keep = (draft: Draft): void => store(PLACE, draft);
export const forget = (): void => drop(PLACE);
