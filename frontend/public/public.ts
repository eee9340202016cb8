// What a script adds to pages that work without one.

import "./public.css";
import { complaint } from "./case";
import { count, followSummary, problems, show } from "./check";
import { all, one } from "./dom";
import { uploader } from "./files";
import { already, another, sent } from "./sent";
import { steps } from "./steps";
import { listen, tell, trouble } from "./trouble";
import { ask } from "./typo";

/** Sends a form once: the button says so, and a second press does nothing until the page is shown again. Of a form with
 * several acts one is looked at and done: that of the button, or of the line in which Enter was pressed. */
function once(form: HTMLFormElement, mayGo: (of: HTMLElement) => boolean): void {
  const act = one<HTMLInputElement>("[name=act]", form);
  let pressed: HTMLButtonElement | null = null;
  let label = "";
  for (const button of form.elements)
    button.addEventListener("click", () => {
      if (!(button instanceof HTMLButtonElement) || button.type !== "submit") return;
      const line = act && !button.value && document.activeElement?.closest("[data-act]");
      pressed = (line && one<HTMLButtonElement>("button", line)) || button;
    });
  const again = (): void => {
    if (form.hasAttribute("data-sending")) pressed?.replaceChildren(label);
    form.removeAttribute("data-sending");
  };
  form.noValidate = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const of = pressed?.closest<HTMLElement>("[data-act], [data-of]") ?? form;
    if (form.hasAttribute("data-sending") || !mayGo(of)) return;
    form.setAttribute("data-sending", "");
    const id = one<HTMLInputElement>("[data-id]", form);
    if (id) id.value ||= crypto.randomUUID?.() ?? "";
    if (act) act.value = pressed?.value ?? "";
    label = pressed?.textContent ?? "";
    pressed?.replaceChildren(form.dataset["busy"] ?? "");
    const found = await trouble(form.action);
    if (!found) return form.submit();
    again();
    tell(found, of);
  });
  // Back from the answer, or a page that the browser kept: the form can be sent again, under the same key.
  addEventListener("pageshow", (event) => {
    if (event.persisted) again();
  });
}

function copy(button: HTMLButtonElement): void {
  const code = document.getElementById(button.dataset["copy"] ?? "");
  const tell = (what: string): void => {
    for (const notice of all("[data-copied], [data-selected]")) notice.hidden = !notice.matches(what);
  };
  button.addEventListener("click", () => {
    const select = (): void => {
      if (code) getSelection()?.selectAllChildren(code);
      tell("[data-selected]");
    };
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(code?.textContent ?? "").then(() => tell("[data-copied]"), select);
  });
}

function print(button: HTMLButtonElement): void {
  const root = document.documentElement;
  button.addEventListener("click", () => {
    root.dataset["print"] = button.dataset["print"] ?? "";
    window.print();
  });
  addEventListener("afterprint", () => delete root.dataset["print"]);
}

/** The address of an answer to a form shows an error when it is opened again: the page takes that of its own form. */
function settle(form: HTMLElement): void {
  history.replaceState(null, "", `${form.dataset["address"] ?? ""}${location.hash}`);
}

all("[data-address]").forEach(settle);
let reveal = (_: HTMLElement): void => undefined;
for (const form of all<HTMLFormElement>("form[data-check]")) {
  if (form.hasAttribute("data-steps")) {
    const stepped = steps(form);
    reveal = stepped.reveal;
    once(form, stepped.ready);
  } else once(form, (of) => show(problems(of), document));
}
followSummary((field) => reveal(field));
all(".count").forEach(count);
all("[data-typo]").forEach(ask);
all<HTMLButtonElement>("[data-copy]").forEach(copy);
all<HTMLButtonElement>("[data-print]").forEach(print);
all("[data-files]").forEach(uploader);
all("[data-of]").forEach(complaint);
for (const section of all("[data-sent]")) sent(section.dataset["sent"] ?? "");
already();
addEventListener("pageshow", (event) => event.persisted && already());
another();
listen();
one("#summary:not([hidden])")?.focus();
document.documentElement.setAttribute("data-ready", "");
