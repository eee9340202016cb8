// The server's rules for the fields, asked before sending. The server asks them again: nothing here is a guard.

import { all, fill, make, number, one } from "./dom";

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const EMAIL = /^[!-~]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
const PHONE = /^\+?[0-9][0-9 ()./-]{5,28}[0-9]$/;

const FIGURE = /^\d{1,7}$/;
const AMOUNT = /^[\d.,'’\s]*\d[\d.,'’\s]*$/;

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface Problem {
  field: HTMLElement;
  says: string;
}

export const controls = (field: HTMLElement): Control[] => all<Control>("input, select, textarea", field);

/** Those of a question, without those of the questions that its answers reveal. */
export const own = (field: HTMLElement): Control[] => controls(field).filter((one) => one.closest("[data-field]") === field);

const ticked = (control: Control): boolean | undefined =>
  control instanceof HTMLInputElement && /radio|checkbox/.test(control.type) ? control.checked : undefined;

/** What is answered to a question, in the words of the page; empty if nothing is. */
export const told = (field: HTMLElement): string =>
  own(field)
    .map((control) => {
      const chosen = ticked(control);
      if (chosen !== undefined) return chosen ? (control.nextElementSibling?.textContent ?? "") : "";
      return control instanceof HTMLSelectElement && control.value ? (control.selectedOptions[0]?.text ?? "") : control.value.trim();
    })
    .filter(Boolean)
    .join(field.dataset["kind"] === "several" ? ", " : " ");

/** The answer chosen to a question of the form, or nothing. */
const chosen = (form: ParentNode, name: string): string =>
  one<HTMLInputElement>(`[name=${name}]:checked`, form)?.value ?? "";

/** Whether a question is put to this person: the style sheet hides it from the others by the same marks. */
export function asked(field: HTMLElement): boolean {
  const form = field.closest("form");
  const group = field.closest<HTMLElement>("[data-for]");
  const answer = field.closest(".revealed")?.previousElementSibling;
  if (form && group && !group.dataset["for"]?.split(" ").includes(chosen(form, "who"))) return false;
  return !answer || !!one(":checked", answer);
}

/** Whether one of the fields that stand `beside` this one is answered. */
const besides = (field: HTMLElement): boolean =>
  (field.dataset["beside"] ?? "").split(" ").some((name) => {
    const other = name && field.closest("form")?.elements.namedItem(name);
    return !!other && "value" in other && !!other.value.trim();
  });

/** Whether we write to the address in this field. */
function writesTo(field: HTMLElement): boolean {
  const form = field.closest("form");
  if (!form) return false;
  const who = chosen(form, "who");
  return (field.dataset["writesTo"] ?? "").split(" ").includes(who === "other" ? chosen(form, "contact") : who);
}

/** The way that is asked for to reach whoever this field belongs to, if one is. */
const wayOf = (field: HTMLElement): string => {
  const form = field.closest("form");
  return form && writesTo(field) ? chosen(form, "contact_by") : "";
};

/** Text as the server will count it: composed, one line feed a line, without blanks at the ends. */
export const plain = (text: string): string => text.replace(/\r\n?/g, "\n").normalize("NFC").trim();

/** Length in code points: an emoji is one character here and on the server. */
export const length = (text: string): number => [...text].length;

/** The answer as it would be sent: the text, the chosen value, or a date as yyyy-mm-dd (undefined if it is none). */
function answer(field: HTMLElement): string | undefined {
  const parts = own(field);
  if (field.dataset["kind"] === "choice") return parts.find(ticked)?.value ?? "";
  if (field.dataset["kind"] !== "date") return plain(parts[0]?.value ?? "");
  const [day, month, year] = parts.map((part) => part.value.trim());
  if (!day && !month && !year) return "";
  const iso = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  const moment = /^\d{4}-\d\d-\d\d$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : undefined;
  return moment && !isNaN(+moment) && moment.toISOString().startsWith(iso) ? iso : undefined;
}

/** Today where the organisation is, wherever the device is. */
function today(field: HTMLElement): string {
  const timeZone = field.closest("form")?.dataset["timeZone"];
  return new Intl.DateTimeFormat("en-CA", timeZone ? { timeZone } : {}).format();
}

function code(field: HTMLElement): string | undefined {
  const { kind, least, most } = field.dataset;
  const value = answer(field);
  if (kind === "choice") return value || "optional" in field.dataset ? undefined : "choiceRequired";
  if (kind === "date") return value === undefined ? "dateInvalid" : value > today(field) ? "dateInFuture" : undefined;
  const text = value ?? "";
  if (kind === "several") return undefined;
  if (kind === "pick") return !text && besides(field) ? "choiceRequired" : undefined;
  if (kind === "figure" || kind === "amount")
    return !text || (kind === "figure" ? FIGURE : AMOUNT).test(text) ? undefined : "wrongType";
  if (/email|phone/.test(kind ?? "") && !text && wayOf(field) === kind) return "required";
  if (kind === "email" && !text) return writesTo(field) && !besides(field) ? "contactRequired" : undefined;
  if (kind === "email") return EMAIL.test(text) ? undefined : "emailInvalid";
  if (kind === "phone") return !text || PHONE.test(text) ? undefined : "phoneInvalid";
  if (least && !text) return "required";
  if (CONTROL.test(text)) return "controlCharacters";
  if (least && length(text) < +least) return "tooShort";
  return most && length(text) > +most ? "tooLong" : undefined;
}

/** What is wrong within `scope`, in the order of the page. */
export function problems(scope: ParentNode): Problem[] {
  return all("[data-field]", scope).flatMap((field) => {
    const found = asked(field) && code(field);
    return found ? [{ field, says: field.dataset[found] ?? "" }] : [];
  });
}

function mark(field: HTMLElement, says: string): void {
  const error = one(".error", field);
  if (!error) return;
  field.classList.toggle("wrong", !!says);
  error.hidden = !says;
  one(".says", error)?.replaceChildren(says);
  const described = (field.tagName === "FIELDSET" ? [field] : controls(field)) as HTMLElement[];
  for (const element of described) {
    const ids = (element.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error.id);
    if (says) ids.push(error.id);
    if (ids.length) element.setAttribute("aria-describedby", ids.join(" "));
    else element.removeAttribute("aria-describedby");
  }
  if (field.dataset["kind"] === "choice" || field.dataset["kind"] === "several") return;
  for (const control of own(field).filter((one) => ticked(one) === undefined)) {
    if (says) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

/** Shows `found` at the fields of `scope` and in the summary, and moves the focus there. Says whether all is well. */
export function show(found: Problem[], scope: ParentNode): boolean {
  for (const field of all("[data-field]", scope)) mark(field, found.find((it) => it.field === field)?.says ?? "");
  const summary = one("#summary");
  const plainTitle = document.body.dataset["title"] ?? document.title;
  document.title = found.length ? (document.body.dataset["errorTitle"] ?? "").replace("{title}", plainTitle) : plainTitle;
  if (!summary) return !found.length;
  summary.hidden = !found.length;
  one("ul", summary)?.replaceChildren(
    ...found.map(({ field, says }) =>
      make("li", {}, make("a", { href: `#${controls(field)[0]?.id ?? field.id}` }, says)),
    ),
  );
  found.forEach(({ field }) => unfold(field));
  if (found.length) summary.focus();
  return !found.length;
}

/** Opens what a field is folded away in. */
export function unfold(field: HTMLElement): void {
  field.closest("details")?.setAttribute("open", "");
}

/** A link of the summary shows the question first, then puts the cursor in its answer. */
export function followSummary(reveal: (field: HTMLElement) => void): void {
  one("#summary")?.addEventListener("click", (event) => {
    const link = event.target instanceof HTMLElement && event.target.closest("a");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const field = control.closest<HTMLElement>("[data-field]") ?? control;
    reveal(field);
    unfold(field);
    field.scrollIntoView();
    control.focus({ preventScroll: true });
  });
}

/** The counter under a long answer: at once for the eye, a second after the last key for the ear. */
export function count(counter: HTMLElement): void {
  const text = counter.closest(".field")?.querySelector("textarea");
  const [seen, heard] = all("span", counter);
  if (!text || !seen || !heard) return;
  const { limit = "0", count: within = "", over = "" } = counter.dataset;
  let timer = 0;
  const update = (): void => {
    const used = length(plain(text.value));
    const words = fill(used > +limit ? over : within, {
      used: number(used),
      limit: number(+limit),
      over: number(used - +limit),
    });
    seen.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => (heard.textContent = words), 1000);
  };
  text.addEventListener("input", update);
  update();
}
