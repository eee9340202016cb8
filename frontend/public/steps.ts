// The form, one step at a time. Every question is already in the page; this shows the step that the address names.

import { asked, controls, type Problem, problems, show, told, unfold } from "./check";
import { device } from "./device";
import { all, fill, make, one } from "./dom";
import { keep, kept } from "./draft";

/** Turns `form` into steps. Returns what reveals a field and what decides whether the form may be sent now. */
export function steps(form: HTMLFormElement): { reveal: (field: HTMLElement) => void; ready: () => boolean } {
  const sections = all(".step", form);
  const ids = sections.map((section) => section.id);
  const last = ids.length - 1;
  const inOthers = all<HTMLAnchorElement>("[data-switch]");
  /** Whether a step is for this person; before we know who it is, every step may be. */
  const asks = (index: number): boolean => {
    const who = one<HTMLInputElement>("[name=who]:checked", form)?.value;
    const whose = sections[index]?.dataset["for"];
    return !who || !whose || whose.split(" ").includes(who);
  };
  const after = (index: number): number => (asks(index + 1) ? index + 1 : after(index + 1));
  const before = (index: number): number => (index <= 0 || asks(index - 1) ? index - 1 : before(index - 1));
  const heading = one("h1");
  const back = one<HTMLAnchorElement>("[data-back]");
  const startPage = back?.href ?? "/";
  const title = document.body.dataset["title"] ?? "";
  let at = sections.findIndex((section) => section.hasAttribute("data-current"));
  const found = kept([...new Set(controls(form).map(({ name }) => name))].join(" "));
  let draft = found.draft;
  one("[data-old]")?.toggleAttribute("hidden", !found.old);
  let checking = false; // an answer is being changed from the last step, so Continue leads back there

  const values = (): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) found[name] = name in found ? `${found[name]} ${value}` : String(value);
    const { language: _, idempotency_key: __, ...answers } = found;
    return answers;
  };
  const save = (): boolean => {
    draft = { ...draft, values: values() };
    return keep(draft);
  };
  const restore = (): void => {
    for (const control of controls(form)) {
      const value = draft.values[control.name];
      if (value === undefined || control.type === "hidden") continue;
      if ("checked" in control && /radio|checkbox/.test(control.type)) control.checked = value.split(" ").includes(control.value);
      else control.value = value;
      if (value) unfold(control);
    }
  };
  /** The first step whose answers are not complete; the last step if all are. */
  const reachable = (): number => {
    const first = sections.findIndex((section) => problems(section).length);
    return first < 0 ? last : first;
  };

  function answers(): void {
    const rows = all("[data-field]", form).filter(asked).flatMap((field) => {
      // Of a fold in which nothing is answered one line says so.
      const fold = field.closest("details");
      const folded = fold ? all("[data-field]", fold).filter(asked) : [];
      const left = fold && !folded.some(told);
      if (left && field !== folded[0]) return [];
      const label = left ? one("summary", fold) : one("legend, label", field);
      const question = label?.firstChild?.textContent?.trim() ?? "";
      const step = field.closest(".step")?.id ?? "";
      const change = make("a", { href: `#${step}` }, form.dataset["change"] ?? "", make("span", { className: "unseen" }, `: ${question}`));
      change.addEventListener("click", (event) => {
        event.preventDefault();
        checking = true;
        stepTo(step);
        turn(ids.indexOf(step), false);
        unfold(field);
        field.scrollIntoView();
        controls(field)[0]?.focus({ preventScroll: true });
      });
      return [make("div", {}, make("dt", {}, question), make("dd", {}, told(field) || (form.dataset["notGiven"] ?? "")), make("dd", {}, change))];
    });
    one(".answers", form)?.replaceChildren(...rows);
  }

  // Not `location.hash`: going to a fragment takes the focus away, and may do so after we have set it.
  function stepTo(step: string): void {
    history.pushState(null, "", `#${step}`);
  }

  /** Where this step stands among those that are asked of this person. */
  function count(): void {
    const step = one("[data-step]");
    const mine = ids.filter((_, index) => asks(index));
    step?.replaceChildren(fill(step.dataset["step"] ?? "", { number: mine.indexOf(ids[at] ?? "") + 1, steps: mine.length }));
  }

  function turn(to: number, focus = true): void {
    at = to;
    if (at === last) {
      checking = false;
      answers();
    }
    sections.forEach((section, index) => section.toggleAttribute("data-current", index === at));
    form.toggleAttribute("data-last", at === last);
    const name = one("h2", sections[at])?.textContent ?? "";
    one("[data-heading]")?.replaceChildren(name);
    count();
    if (back) back.href = at ? `#${ids[before(at)]}` : startPage;
    for (const link of inOthers) link.hash = `#${ids[at]}`;
    document.body.dataset["title"] = name + title.slice(title.indexOf(" – "));
    if (!focus) return;
    show([], form);
    scrollTo(0, 0);
    heading?.focus({ preventScroll: true });
  }

  const follow = (): void => {
    const wanted = ids.indexOf(location.hash.slice(1));
    const most = Math.min(Math.max(wanted, 0), reachable());
    const to = asks(most) ? most : after(most);
    if (wanted > to) history.replaceState(null, "", `#${ids[to]}`);
    if (to !== at) turn(to);
  };

  /** Says whether to send. Before the last step it moves on instead, or shows what is missing. */
  function ready(): boolean {
    save();
    const found: Problem[] = problems(at === last ? form : (sections[at] ?? form));
    if (found[0]) {
      const step = ids.indexOf(found[0].field.closest(".step")?.id ?? "");
      if (step !== at) turn(step, false);
      return show(found.filter((it) => sections[at]?.contains(it.field)), form);
    }
    if (at < last) {
      stepTo(ids[checking ? reachable() : after(at)] ?? "");
      follow();
      return false;
    }
    const answered = JSON.stringify(values());
    if (draft.sent?.answers !== answered) draft.sent = { answers: answered, key: crypto.randomUUID?.() ?? "" };
    const key = one<HTMLInputElement>("[name=idempotency_key]", form);
    if (key) key.value = draft.sent.key;
    keep(draft);
    return true;
  }

  if (!form.hasAttribute("data-answered")) restore();
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  addEventListener("pagehide", () => form.hidden || save());
  const keeping = one("[data-keeping]", form);
  if (keeping) device(keeping, () => draft, save);
  // Who is somebody else now is asked other questions: what was wrong with the old ones is no longer true.
  form.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement && /^(who|contact)$/.test(target.name))) return;
    show([], form);
    count();
  });
  addEventListener("hashchange", follow);
  back?.addEventListener("click", (event) => {
    if (!at) return;
    event.preventDefault();
    stepTo(ids[before(at)] ?? "");
    follow();
  });
  turn(at, false);
  if (!form.hasAttribute("data-answered")) {
    follow();
    document.title = document.body.dataset["title"] ?? document.title;
  }

  return { reveal: (field) => {
    const step = sections.findIndex((section) => section.contains(field));
    if (step >= 0 && step !== at) turn(step, false);
  }, ready };
}
