// The form, one step at a time. Every question is already in the page; this shows the step that the address names.

import { asked, controls, type Problem, problems, show, unfold } from "./check";
import { all, fill, make, one } from "./dom";
import { type Draft, keep, kept } from "./draft";

/** Turns `form` into steps. Returns what reveals a field and what decides whether the form may be sent now. */
export function steps(form: HTMLFormElement): { reveal: (field: HTMLElement) => void; ready: () => boolean } {
  const sections = all(".step", form);
  const ids = sections.map((section) => section.id);
  const last = ids.length - 1;
  const heading = one("h1");
  const back = one<HTMLAnchorElement>("[data-back]");
  const startPage = back?.href ?? "/";
  const title = document.body.dataset["title"] ?? "";
  let at = sections.findIndex((section) => section.hasAttribute("data-current"));
  let draft: Draft = kept() ?? { values: {} };
  let checking = false; // an answer is being changed from the last step, so Continue leads back there

  const values = (): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) found[name] = name in found ? `${found[name]} ${value}` : String(value);
    const { language: _, idempotency_key: __, ...answers } = found;
    return answers;
  };
  const save = (): void => {
    draft = { ...draft, values: values() };
    keep(draft);
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
      const label = one("legend, label", field);
      const kind = field.dataset["kind"] ?? "";
      const text = controls(field)
        .filter((control) => /choice|several/.test(kind) ? (control as HTMLInputElement).checked : control.value.trim())
        .map((control) =>
          /choice|several/.test(kind)
            ? (control.nextElementSibling?.textContent ?? "")
            : control instanceof HTMLSelectElement
              ? (control.selectedOptions[0]?.text ?? "")
              : control.value.trim(),
        )
        .join(kind === "several" ? ", " : " ");
      if (!text && field.closest("details")) return [];
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
      return [make("div", {}, make("dt", {}, question), make("dd", {}, text || (form.dataset["notGiven"] ?? "")), make("dd", {}, change))];
    });
    one(".answers", form)?.replaceChildren(...rows);
  }

  // Not `location.hash`: going to a fragment takes the focus away, and may do so after we have set it.
  function stepTo(step: string): void {
    history.pushState(null, "", `#${step}`);
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
    const step = one("[data-step]");
    step?.replaceChildren(fill(step.dataset["step"] ?? "", { number: at + 1, steps: ids.length }));
    if (back) back.href = at ? `#${ids[at - 1]}` : startPage;
    document.body.dataset["title"] = name + title.slice(title.indexOf(" – "));
    if (!focus) return;
    show([], form);
    scrollTo(0, 0);
    heading?.focus({ preventScroll: true });
  }

  const follow = (): void => {
    const wanted = ids.indexOf(location.hash.slice(1));
    const to = Math.min(Math.max(wanted, 0), reachable());
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
      stepTo(ids[checking ? reachable() : at + 1] ?? "");
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
  // Who is somebody else now is asked other questions: what was wrong with the old ones is no longer true.
  form.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && /^(who|contact)$/.test(target.name)) show([], form);
  });
  addEventListener("hashchange", follow);
  back?.addEventListener("click", (event) => {
    if (!at) return;
    event.preventDefault();
    stepTo(ids[at - 1] ?? "");
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
