// Adding files: ask for a place, send the file straight to the store, say that it has arrived.

import { all, fill, make, one } from "./dom";

const SPOKEN_EVERY = 0.25; // of a file's way
const LONGEST_SIDE = 2048; // pixels

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
  files: { id: string; state: keyof typeof OUTCOMES; locked: boolean }[];
}

interface Place {
  id: string;
  url: string;
  fields: Record<string, string>;
}

/** What went wrong, in words for the person. */
class Refused extends Error {}

/** A photo drawn anew, as a smaller JPEG that knows nothing of where it was taken; nothing if this is no picture. */
async function smaller(file: File): Promise<File | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = make("canvas", { width: Math.round(picture.width * share), height: Math.round(picture.height * share) });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return drawn && new File([drawn], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: drawn.type });
}

export function uploader(root: HTMLElement): void {
  const picker = one<HTMLInputElement>("input[type=file]", root);
  const list = one(".files", root);
  const status = one("[role=status]", root);
  const shrink = one<HTMLInputElement>("#shrink", root);
  const words = root.dataset as Record<string, string>;
  if (!picker || !list || !status) return;

  /** The server's answer; none if it has this file already, and only its answer was lost. */
  async function ask(path: string, body: object): Promise<Response | null> {
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
    const problem = (await answer.json().catch(() => ({}))) as { title?: string; reason?: string; errors?: { code: string }[] };
    if (problem.reason === "already_there") return null;
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

  /** Said aloud; `seen` where nothing in the list shows it. */
  const say = (what: string, seen = false): void => {
    status!.textContent = what;
    status!.classList.toggle("unseen", !seen);
  };

  async function add(chosen: File): Promise<void> {
    let file = chosen;
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
      say(`${file.name}: ${words["removed"]}`);
      picker!.focus();
    };
    const refuse = (why: string, again: boolean): void => {
      state.textContent = why;
      state.className = "wrong-file";
      say(`${file.name}: ${why}`);
      if (again) offer("retry", () => void upload());
      else offer("remove", remove);
    };
    list!.append(row);
    list!.hidden = false;

    const id = crypto.randomUUID?.();
    async function upload(): Promise<void> {
      const stop = new AbortController();
      let next = 0;
      const progress = (share: number): void => {
        const percent = fill(words["percent"] ?? "", { number: Math.round(share * 100) });
        state.textContent = fill(words["uploading"] ?? "", { percent });
        if (share < next) return;
        next = share + SPOKEN_EVERY;
        say(`${file.name}: ${state.textContent}`);
      };
      state.className = "";
      offer("cancel", () => stop.abort());
      progress(0);
      try {
        // Some systems do not know what kind of file a telephone's photo is.
        const type = file.type || (/\.heic$/i.test(file.name) ? "image/heic" : "application/octet-stream");
        const place = (await (await ask("", { id, name: file.name, size: file.size, type }))?.json()) as Place | undefined;
        if (stop.signal.aborted) throw new Refused(words["stopped"]);
        if (place) await send(place, file, stop.signal, progress);
        const shown = (await (await ask(`/${id}/finish`, {}))?.json()) as Shown | undefined;
        const found = shown?.files.find((one) => one.id === id);
        const outcome = found?.state ?? "unscanned";
        const said = words[OUTCOMES[outcome]] ?? "";
        if (outcome === "refused" || outcome === "infected") throw new Refused(said);
        const seen = found?.locked ? `${said}. ${words["locked"]}` : said;
        state.textContent = `${words["today"]} · ${seen}`;
        say(`${file.name}: ${seen}`);
        button.remove();
      } catch (problem) {
        const why = (problem instanceof Refused && problem.message) || (words["broken"] ?? "");
        refuse(why, why === words["broken"] || why === words["stopped"]);
      }
    }

    const photo = /^image\//.test(file.type);
    const drawn = photo && shrink?.checked && file.size ? await smaller(file) : file;
    if (!drawn) return refuse(words["unshrunk"] ?? "", false);
    file = drawn;
    const bigPhoto = photo && !shrink?.checked ? `. ${words["tooBigPhoto"]}` : "";
    if (!file.size) refuse(words["empty"] ?? "", false);
    else if (file.size > Number(words["bytes"])) refuse(`${words["tooBig"]}${bigPhoto}`, false);
    else if (all("li", list!).filter((row) => !one(".wrong-file", row)).length > Number(words["most"])) refuse(words["tooMany"] ?? "", false);
    else void upload();
  }

  picker.addEventListener("change", () => {
    for (const file of picker.files ?? []) void add(file);
    picker.value = ""; // choosing again adds, also the same file
  });
  picker.addEventListener("cancel", () => say(words["none"] ?? "", true));
}
