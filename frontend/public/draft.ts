// What has been typed, kept in this tab until it is sent. No file, no code and no token is ever kept.

const PLACE = "redress-draft";

export interface Draft {
  values: Record<string, string>;
  /** What was last sent and under which key: the same answers sent again are the same complaint. */
  sent?: { answers: string; key: string };
}

/** The draft, or null; also where the browser keeps nothing (then the form works without). */
export function kept(): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

export function keep(draft: Draft): void {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(draft));
  } catch {
    // A full or forbidden store costs the draft, not the form.
  }
}

export function forget(): void {
  try {
    sessionStorage.removeItem(PLACE);
  } catch {
    // Nothing was kept.
  }
}
