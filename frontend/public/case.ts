// The page of a complaint: what is being written there is kept in this tab, and its end is told before it comes.

import { unfold } from "./check";
import { all, one } from "./dom";
import { drop, recall, store } from "./store";

const PLACE = "redress-words";
const OPEN_FOR = 15 * 60_000; // as long as the token of the page
const TOLD_BEFORE = 2 * 60_000;

/** Keeps what is typed, by complaint and act, until it was sent or the person leaves. The code is never kept. */
function keep(of: string, done: string): void {
  const words = recall<Record<string, string>>(PLACE) ?? {};
  const save = (): void => void (Object.values(words).some(Boolean) ? store(PLACE, words) : drop(PLACE));
  delete words[`${of}/${done}`];
  save();
  for (const box of all<HTMLTextAreaElement>("textarea[name^=words-]")) {
    const place = `${of}/${box.name.replace("words-", "")}`;
    if (!box.value && words[place]) {
      box.value = words[place] ?? "";
      unfold(box);
    }
    box.addEventListener("input", () => {
      words[place] = box.value;
      save();
    });
  }
  one("[data-finish]")?.addEventListener("click", () => drop(PLACE));
}

/** Two minutes before the page ends it says so where the person writes, and they can stay by one press. */
function warn(ends: HTMLElement): void {
  const says = one("[hidden]", ends);
  setTimeout(() => {
    document.activeElement?.closest("[data-act]")?.before(ends);
    requestAnimationFrame(() => says?.removeAttribute("hidden"));
  }, OPEN_FOR - TOLD_BEFORE);
}

/** Turns the messages round: the newest stand first as the page comes. */
function turn(button: HTMLButtonElement): void {
  button.addEventListener("click", () => {
    const list = one(".entries");
    list?.append(...[...list.children].reverse());
    const label = button.textContent ?? "";
    button.textContent = button.dataset["turn"] ?? "";
    button.dataset["turn"] = label;
  });
}

export function complaint(ends: HTMLElement): void {
  keep(ends.dataset["of"] ?? "", ends.dataset["done"] ?? "");
  warn(ends);
  all<HTMLButtonElement>("[data-turn]").forEach(turn);
  // Back to it, or a reload, asks for the code again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
