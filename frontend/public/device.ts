// Keeping the form on this device is a choice of its own: with a warning, a day on which it ends, and a way back.

import { fill, one } from "./dom";
import { type Draft, inAWeek, leaveDevice } from "./draft";

/** `save` keeps the draft and says whether it is kept. */
export function device(root: HTMLElement, draft: () => Draft, save: () => boolean): void {
  const offer = one("details", root);
  const chosen = one("[data-until]", root);
  const day = one("[data-until] strong", root);
  const remove = one("[data-leave]", root);
  const status = one("[role=status]", root);
  if (!offer || !chosen || !day || !remove || !status) return;
  const show = (): void => {
    const { until } = draft();
    // The day stands before the month, as everywhere on these pages.
    const date = new Date(until ?? 0).toLocaleDateString(`${document.documentElement.lang}-GB`, { dateStyle: "long" });
    day.textContent = fill(chosen.dataset["until"] ?? "", { date });
    chosen.hidden = !until;
    offer.hidden = !!until;
  };
  one("[data-device]", root)?.addEventListener("click", () => {
    draft().until = inAWeek();
    const kept = save();
    if (!kept) delete draft().until;
    show();
    status.textContent = kept ? day.textContent : (status.dataset["failed"] ?? "");
    status.classList.toggle("unseen", kept);
    if (kept) remove.focus();
  });
  remove.addEventListener("click", () => {
    delete draft().until;
    leaveDevice();
    save();
    show();
    status.textContent = status.dataset["left"] ?? "";
    one("summary", offer)?.focus();
  });
  show();
}
