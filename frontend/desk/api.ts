/** The staff API. Every refusal becomes a `Problem`; a session that cannot be renewed becomes `SessionEnded`. */
import type { Narrowing } from './route';
import type { paths } from './schema';
import { SessionEnded, token } from './session';
import type {
  Absence,
  Accent,
  Applied,
  Authority,
  Bulk,
  Category,
  Changes,
  Complaint,
  DocumentName,
  Documents,
  Effect,
  Found,
  Handover,
  HomeCalendar,
  Hosting,
  Lacking,
  Language,
  LetterTold,
  Me,
  Move,
  Outcome,
  Pack,
  Page,
  Preview,
  Queue,
  Queues,
  Receipt,
  Refusal,
  RegisterName,
  Registers,
  Related,
  Retention,
  Row,
  Ruled,
  Settings,
  SetupStep,
  Slot,
  Standing,
  StaffMember,
  Satisfaction,
  View,
  Workload,
} from './shapes';

/** A refusal of the API, or no answer at all (`status` 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: Partial<Refusal>,
  ) {
    super(body.title ?? String(status));
  }
}

// What the description of the API says of an address: which methods it has, what goes there and what comes back.
type Method = 'get' | 'post' | 'put' | 'delete';
type Operation<M extends Method, P extends keyof paths> = paths[P][M];
type AddressOf<M extends Method> = { [P in keyof paths]: Operation<M, P> extends { responses: unknown } ? P : never }[keyof paths];
type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type Answer<O> = O extends { responses: infer R } ? Json<R[keyof R & (200 | 201)]> : never;
// In brackets, so that what goes to one of several addresses, as the moves have them, is one type.
type Asked<O> = ([O] extends [{ parameters: { path: infer T } }] ? { path: T } : { path?: never }) &
  ([O] extends [{ parameters: { query?: infer T } }] ? { query?: T } : { query?: never }) &
  ([O] extends [{ parameters: { header: infer T } }] ? { header: T } : { header?: never }) &
  ([O] extends [{ requestBody: infer T }] ? { body: Typed<Json<T>> } : { body?: never });
/** The same fields, holding whatever a person has typed: the server says what is wrong with it. */
type Typed<Body> = { [Field in keyof Body]: unknown };

/** The fields of one of the moves. */
export type MoveBody = { [M in Move]: Asked<Operation<'post', `/api/desk/complaints/{reference}/moves/${M}`>>['body'] }[Move];

interface Request {
  path?: Record<string, string> | undefined;
  query?: object | undefined;
  header?: Record<string, string> | undefined;
  body?: unknown;
}

async function send(method: Method, address: string, asked: Request, language: Language, again = false): Promise<Response> {
  const bearer = await token(again);
  const path = address.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(asked.path?.[name] ?? ''));
  // The server takes JSON and nothing else, also where there is nothing to say.
  const content = asked.body ?? (method === 'post' ? {} : undefined);
  const query = new URLSearchParams(asked.query as Record<string, string> | undefined).toString();
  let answer: Response;
  try {
    answer = await fetch(query ? `${path}?${query}` : path, {
      method: method.toUpperCase(),
      cache: 'no-store',
      headers: {
        authorization: `Bearer ${bearer}`,
        'accept-language': language,
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...asked.header,
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
  } catch {
    throw new Problem(0, {});
  }
  if (answer.status === 401) {
    if (again) throw new SessionEnded();
    return send(method, address, asked, language, true);
  }
  // The gateway in front answers some errors itself, and not always as JSON.
  if (!answer.ok) throw new Problem(answer.status, (await answer.json().catch(() => ({}))) as Partial<Refusal>);
  return answer;
}

const registerAt = (name: RegisterName) => `/api/desk/framework/${name}` as '/api/desk/framework/contact';

export class Api {
  /** Problems come back with titles in this language. */
  language: Language = 'tr';

  private async ask<M extends Method, P extends AddressOf<M>>(method: M, address: P, asked: Asked<Operation<M, P>>): Promise<Answer<Operation<M, P>>> {
    const answer = await send(method, address, asked as Request, this.language);
    return (await answer.json().catch(() => ({}))) as Answer<Operation<M, P>>;
  }

  me(): Promise<Me> {
    return this.ask('get', '/api/desk/me', {});
  }

  async staff(): Promise<StaffMember[]> {
    return (await this.ask('get', '/api/desk/staff', {})).staff;
  }

  queues(): Promise<Queues> {
    return this.ask('get', '/api/desk/queues', {});
  }

  /** What the address says, which somebody may have typed: the server says what is wrong with it. */
  page(queue: Queue, cursor: string | null, narrowing: Narrowing): Promise<Page> {
    const query: object = { queue, ...narrowing, ...(cursor ? { cursor } : {}) };
    return this.ask('get', '/api/desk/complaints', { query });
  }

  /** One act on several complaints as they were seen; `key` makes a repeated request one act. */
  bulk(act: Bulk, key: string, complaints: Pick<Row, 'reference' | 'version'>[], told: object): Promise<Outcome> {
    const body = { complaints: complaints.map(({ reference, version }) => ({ reference, version })), ...told };
    return this.ask('post', `/api/desk/bulk/${act}`, { header: { 'idempotency-key': key }, body: body as Asked<Operation<'post', `/api/desk/bulk/${Bulk}`>>['body'] });
  }

  complaint(reference: string): Promise<Complaint> {
    return this.ask('get', '/api/desk/complaints/{reference}', { path: { reference } });
  }

  /** By reference, contact, number or words. */
  search(q: string): Promise<Found> {
    return this.ask('get', '/api/desk/search', { query: { q } });
  }

  related(reference: string): Promise<Related> {
    return this.ask('get', '/api/desk/complaints/{reference}/related', { path: { reference } });
  }

  register(key: string, body: Asked<Operation<'post', '/api/desk/complaints'>>['body']): Promise<Receipt> {
    return this.ask('post', '/api/desk/complaints', { header: { 'idempotency-key': key }, body });
  }

  /** Makes a move on the version the person has seen; `key` makes a repeated request one move. */
  move({ reference, version }: Complaint, move: Move, key: string, body: MoveBody): Promise<Complaint> {
    const header = { 'if-match': `"${version}"`, 'idempotency-key': key };
    return this.ask('post', `/api/desk/complaints/{reference}/moves/${move}`, { path: { reference }, header, body });
  }

  /** What the move would change; nothing is written. */
  preview({ reference }: Complaint, move: Move, body: MoveBody): Promise<Changes> {
    return this.ask('post', `/api/desk/complaints/{reference}/moves/${move}/preview`, { path: { reference }, body });
  }

  /** What the complainant would get to read of a message; nothing is written. */
  previewMessage(reference: string, words: string): Promise<Preview> {
    return this.ask('post', '/api/desk/complaints/{reference}/messages/preview', { path: { reference }, body: { words } });
  }

  write(reference: string, kind: 'notes' | 'messages', id: string, words: string): Promise<Complaint> {
    return this.ask('post', `/api/desk/complaints/{reference}/${kind}`, { path: { reference }, body: { id, words } });
  }

  /** A link to the file that works for a minute and downloads it. */
  async file(reference: string, file: string): Promise<string> {
    return (await this.ask('get', '/api/desk/complaints/{reference}/files/{file}', { path: { reference, file } })).url;
  }

  /** A picture among the files, as it lies in the store. Nothing of it is kept by the browser. */
  async picture(reference: string, file: string): Promise<Blob> {
    const answer = await fetch(await this.file(reference, file), { cache: 'no-store' }).catch(() => null);
    if (!answer?.ok) throw new Problem(answer?.status ?? 0, {});
    return answer.blob();
  }

  /** A place for one file, to which `sendFile` then sends it. */
  addFile(reference: string, body: Asked<Operation<'post', '/api/desk/complaints/{reference}/files'>>['body']): Promise<Slot> {
    return this.ask('post', '/api/desk/complaints/{reference}/files', { path: { reference }, body });
  }

  /** Straight to the store, which wants the given fields first and the file last. */
  async sendFile({ url, fields }: Slot, file: File): Promise<void> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', file);
    const answer = await fetch(url, { method: 'POST', body: form }).catch(() => null);
    if (!answer?.ok) throw new Problem(answer?.status ?? 0, {});
  }

  /** The file has arrived; the server reads what it is. */
  fileSent(reference: string, file: string): Promise<Complaint> {
    return this.ask('post', '/api/desk/complaints/{reference}/files/{file}/finish', { path: { reference, file } });
  }

  /** One of the papers about a complaint, as PDF. */
  async paper(reference: string, paper: 'follow-up' | 'case-file', language: Language): Promise<Blob> {
    const asked = { path: { reference, paper }, query: { language } };
    return (await send('get', '/api/desk/complaints/{reference}/papers/{paper}', asked, this.language)).blob();
  }

  /** Who saw who complained in a month (`2026-11`), the newest look first. */
  survey(month: string): Promise<Satisfaction> {
    return this.ask('get', '/api/desk/survey', { query: { month } });
  }

  async views(month: string): Promise<View[]> {
    return (await this.ask('get', '/api/desk/views', { query: { month } })).views;
  }

  taskDone(reference: string, task: string, body: Asked<Operation<'post', '/api/desk/complaints/{reference}/tasks/{task}/done'>>['body']): Promise<Complaint> {
    return this.ask('post', '/api/desk/complaints/{reference}/tasks/{task}/done', { path: { reference, task }, body });
  }

  /** A try in vain, or a letter that was posted. */
  taskTried(reference: string, task: string, body: Asked<Operation<'post', '/api/desk/complaints/{reference}/tasks/{task}/attempts'>>['body']): Promise<Complaint> {
    return this.ask('post', '/api/desk/complaints/{reference}/tasks/{task}/attempts', { path: { reference, task }, body });
  }

  async packs(): Promise<Pack[]> {
    return (await this.ask('get', '/api/desk/packs', {})).packs;
  }

  /** What a point may be about, in the organisation's order, those out of use as well. */
  async categories(): Promise<Category[]> {
    return (await this.ask('get', '/api/desk/categories', {})).categories;
  }

  /** The country's calendar, with its holidays of the coming year. */
  calendar(): Promise<HomeCalendar> {
    return this.ask('get', '/api/desk/calendar', {});
  }

  /** What is kept no longer, and what was destroyed. */
  retention(): Promise<Retention> {
    return this.ask('get', '/api/desk/retention', {});
  }

  rules(): Promise<Ruled> {
    return this.ask('get', '/api/desk/rules', {});
  }

  /** What these rules would do to the open complaints; nothing is written. */
  tryRules(organisation: unknown): Promise<Effect> {
    return this.ask('post', '/api/desk/rules/preview', { body: { organisation } });
  }

  saveRules(version: number, organisation: unknown, reason: string): Promise<Ruled> {
    return this.ask('put', '/api/desk/rules', { header: { 'if-match': `"${version}"` }, body: { organisation, reason } });
  }

  /** Recalculates some of the open complaints; asked again until none is left. */
  applyRules(reason: string): Promise<Applied> {
    return this.ask('post', '/api/desk/rules/apply', { body: { reason } });
  }

  /** How the register of data protection stands to the law today. */
  hosting(): Promise<Hosting> {
    return this.ask('get', '/api/desk/framework/privacy/hosting', {});
  }

  /** What a letter about an invented complaint would say. */
  previewLetter(body: Asked<Operation<'post', '/api/desk/letters/preview'>>['body']): Promise<LetterTold> {
    return this.ask('post', '/api/desk/letters/preview', { body });
  }

  /** What a colour becomes so that it can be read. */
  accent(colour: string): Promise<Accent> {
    return this.ask('get', '/api/desk/accent', { query: { colour } });
  }

  /** The last change of everything that is kept in versions. */
  settings(): Promise<Settings> {
    return this.ask('get', '/api/desk/settings', {});
  }

  async setup(): Promise<SetupStep[]> {
    return (await this.ask('get', '/api/desk/setup', {})).steps;
  }

  /** Who may make which move, and what each role may spend. */
  authority(): Promise<Authority> {
    return this.ask('get', '/api/desk/authority', {});
  }

  async standings(): Promise<Standing[]> {
    return (await this.ask('get', '/api/desk/framework/objectives/standings', {})).standings;
  }

  lacking(): Promise<Lacking> {
    return this.ask('get', '/api/desk/framework/resources/gaps', {});
  }

  // The registers differ in their content alone; one of them stands for the description of all.
  readRegister<N extends RegisterName>(name: N): Promise<Registers[N]> {
    return this.ask('get', registerAt(name), {}) as Promise<Registers[N]>;
  }

  saveRegister<N extends RegisterName>(name: N, version: number, content: unknown, reason: string): Promise<Registers[N]> {
    return this.ask('put', registerAt(name), { header: { 'if-match': `"${version}"` }, body: { content, reason } }) as Promise<Registers[N]>;
  }

  /** What was approved last. */
  inForce<N extends DocumentName>(name: N): Promise<Documents[N]> {
    return this.ask('get', `${registerAt(name)}/in-force` as '/api/desk/framework/policy/in-force', {}) as Promise<Documents[N]>;
  }

  approve<N extends DocumentName>(name: N, draft: number, reason: string): Promise<Documents[N]> {
    const asked = { header: { 'if-match': `"${draft}"` }, body: { reason } };
    return this.ask('post', `${registerAt(name)}/approve` as '/api/desk/framework/policy/approve', asked) as Promise<Documents[N]>;
  }

  haveRead<N extends DocumentName>(name: N, version: number): Promise<Documents[N]> {
    const asked = { header: { 'if-match': `"${version}"` } };
    return this.ask('post', `${registerAt(name)}/read` as '/api/desk/framework/policy/read', asked) as Promise<Documents[N]>;
  }

  workload(): Promise<Workload> {
    return this.ask('get', '/api/desk/workload', {});
  }

  /** Moves some of the complaints; asked again until none is left. */
  handOver(body: { from: string; to: string; reason: string }): Promise<Handover> {
    return this.ask('post', '/api/desk/handover', { body });
  }

  async absences(): Promise<Absence[]> {
    return (await this.ask('get', '/api/desk/absences', {})).absences;
  }

  async addAbsence(body: { staff_id: string; from: string; until: string; deputy_id: string }): Promise<Absence[]> {
    return (await this.ask('post', '/api/desk/absences', { body })).absences;
  }

  async removeAbsence(absence: string): Promise<Absence[]> {
    return (await this.ask('delete', '/api/desk/absences/{absence}', { path: { absence } })).absences;
  }
}

export const api = new Api();
