// When something cannot be sent: said where it is being sent, before the page with the answers is left.

import { all, one } from "./dom";

type Trouble = "offline" | "busy" | "ours";

const PATIENCE = 20_000; // a function that was not in use takes seconds, and so does a bad line

/** Says it above the buttons of a form or of an act, or of the one in which somebody is. */
export function tell(what: Trouble | "online", of?: Element): void {
  const place = one("[data-trouble]");
  const near = of ?? document.activeElement?.closest("[data-act], form[data-check]") ?? one("form[data-check]");
  if (!place) return;
  if (near) (one(".actions", near) ?? near).before(place);
  one("strong", place)?.replaceChildren(place.dataset[what] ?? "");
  // A region that was moved is read out if its text changes after that.
  requestAnimationFrame(() => one("p", place)?.removeAttribute("hidden"));
}

/** Whether a form would be answered now. Its address answers GET by leading elsewhere, which is not followed. */
export async function trouble(action: string): Promise<Trouble | undefined> {
  if (!navigator.onLine) return "offline";
  try {
    const signal = AbortSignal.timeout?.(PATIENCE) ?? null; // a browser that is older waits as long as it likes
    const answer = await fetch(action, { redirect: "manual", cache: "no-store", signal });
    if (answer.status === 429) return "busy";
    return answer.status >= 500 ? "ours" : undefined;
  } catch {
    return "offline";
  }
}

/** Says at once when the connection goes, and when it is back. */
export function listen(): void {
  if (!all("form[data-check]").length) return;
  addEventListener("offline", () => tell("offline"));
  addEventListener("online", () => tell("online"));
}
