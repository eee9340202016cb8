// Adding files: ask for a place, send the file straight to the store, say that it has arrived.

import { all, fill, make, one } from "./dom";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_FILES = 10;

/** The server's codes, and the page's words for them. */
const REFUSALS: Record<string, string> = {
  file_type: "refused",
  file_size: "tooBig",
  file_count: "tooMany",
  required: "broken",
};

/** What became of a file, as the page says it; `refused` is that of its content, which only the server has seen. */
const OUTCOMES = { unscanned: "unscanned", clean: "clean", infected: "infected", refused: "mismatch" } as const;

interface Shown {
  files: { id: string; state: keyof typeof OUTCOMES }[];
}

interface Place {
  id: string;
  url: string;
  fields: Record<string, string>;
}

/** What went wrong, in words for the person. */
class Refused extends Error {}

export function uploader(root: HTMLElement): void {
  const picker = one<HTMLInputElement>("input[type=file]", root);
  const list = one(".files", root);
  const status = one("[role=status]", root);
  const words = root.dataset as Record<string, string>;
  if (!picker || !list || !status) return;

  async function ask(path: string, body: object): Promise<Response> {
    const answer = await fetch(`/api/public/track/files${path}`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${words["token"]}`,
        "Accept-Language": document.documentElement.lang,
        "Content-Type": "application/json",
      },
      body: JSON.stringify(body),
    });
    if (answer.ok) return answer;
    const problem = (await answer.json().catch(() => ({}))) as { title?: string; errors?: { code: string }[] };
    const code = problem.errors?.[0]?.code ?? "";
    throw new Refused(words[REFUSALS[code] ?? ""] ?? problem.title ?? words["broken"]);
  }

  /** A POST as the store wants it: the given fields first, the file last. `fetch` cannot report progress. */
  function send(place: Place, file: File, signal: AbortSignal, progress: (share: number) => void): Promise<void> {
    return new Promise((done, refuse) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(place.fields)) form.append(name, value);
      form.append("file", file);
      const request = new XMLHttpRequest();
      request.upload.onprogress = (event) => progress(event.loaded / event.total);
      request.onload = () => (request.status < 300 ? done() : refuse(new Refused(words["refused"])));
      request.onerror = () => refuse(new Refused(words["broken"]));
      request.onabort = () => refuse(new Refused(words["stopped"]));
      signal.addEventListener("abort", () => request.abort());
      request.open("POST", place.url);
      request.send(form);
    });
  }

  function add(file: File): void {
    const state = make("span", {});
    const button = make("button", { type: "button", className: "minor" });
    const row = make("li", {}, make("p", {}, make("bdi", { className: "name" }, file.name), state), button);
    let act = (): void => undefined;
    button.addEventListener("click", () => act());
    const offer = (word: string, what: () => void): void => {
      button.replaceChildren(words[word] ?? "", make("span", { className: "unseen" }, `: ${file.name}`));
      act = what;
    };
    const remove = (): void => {
      row.remove();
      list!.hidden = !list!.children.length;
      picker!.focus();
    };
    const refuse = (why: string, again: boolean): void => {
      state.textContent = why;
      state.className = "wrong-file";
      status!.textContent = `${file.name}: ${why}`;
      if (again) offer("retry", () => void upload());
      else offer("remove", remove);
    };
    list!.append(row);
    list!.hidden = false;

    const id = crypto.randomUUID?.();
    async function upload(): Promise<void> {
      const stop = new AbortController();
      const progress = (share: number): void => {
        const percent = fill(words["percent"] ?? "", { number: Math.round(share * 100) });
        state.textContent = fill(words["uploading"] ?? "", { percent });
      };
      state.className = "";
      offer("cancel", () => stop.abort());
      progress(0);
      status!.textContent = `${file.name}: ${state.textContent}`;
      try {
        // Some systems do not know what kind of file a telephone's photo is.
        const type = file.type || (/\.heic$/i.test(file.name) ? "image/heic" : "application/octet-stream");
        const place = (await (await ask("", { id, name: file.name, size: file.size, type })).json()) as Place;
        if (stop.signal.aborted) throw new Refused(words["stopped"]);
        await send(place, file, stop.signal, progress);
        const shown = (await (await ask(`/${place.id}/finish`, {})).json()) as Shown;
        const outcome = shown.files.find((one) => one.id === place.id)?.state ?? "unscanned";
        const said = words[OUTCOMES[outcome]] ?? "";
        if (outcome === "refused" || outcome === "infected") throw new Refused(said);
        state.textContent = said;
        status!.textContent = `${file.name}: ${state.textContent}`;
        button.remove();
      } catch (problem) {
        const why = (problem instanceof Refused && problem.message) || (words["broken"] ?? "");
        refuse(why, why === words["broken"] || why === words["stopped"]);
      }
    }

    if (!file.size) refuse(words["empty"] ?? "", false);
    else if (file.size > MOST_BYTES) refuse(words["tooBig"] ?? "", false);
    else if (all(".files li:not(:has(.wrong-file))").length > MOST_FILES) refuse(words["tooMany"] ?? "", false);
    else void upload();
  }

  picker.addEventListener("change", () => {
    [...(picker.files ?? [])].forEach(add);
    picker.value = ""; // choosing again adds, also the same file
  });
}
