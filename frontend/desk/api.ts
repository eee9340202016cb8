/** The staff API. Every refusal becomes a `Problem`; a session that cannot be renewed becomes `SessionEnded`. */
import { SessionEnded, token } from './session';
import type {
  Absence,
  Applied,
  Changes,
  Complaint,
  Effect,
  Handover,
  Language,
  Me,
  Move,
  Pack,
  Page,
  Refusal,
  Queue,
  Queues,
  Receipt,
  Ruled,
  StaffMember,
  Workload,
} from './shapes';

const BASE = '/api/desk';

/** A refusal of the API, or no answer at all (`status` 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: Partial<Refusal>,
  ) {
    super(body.title ?? String(status));
  }
}

interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
}

export class Api {
  /** Problems come back with titles in this language. */
  language: Language = 'tr';

  private async ask<T>(path: string, asked: Asked = {}, again = false): Promise<T> {
    const bearer = await token(again);
    let answer: Response;
    try {
      answer = await fetch(BASE + path, {
        method: asked.method ?? 'GET',
        cache: 'no-store',
        headers: {
          authorization: `Bearer ${bearer}`,
          'accept-language': this.language,
          ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...asked.headers,
        },
        ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
      });
    } catch {
      throw new Problem(0, {});
    }
    if (answer.status === 401) {
      if (again) throw new SessionEnded();
      return this.ask<T>(path, asked, true);
    }
    // The gateway in front answers some errors itself, and not always as JSON.
    const body: unknown = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Problem(answer.status, body as Partial<Refusal>);
    return body as T;
  }

  private post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.ask<T>(path, { method: 'POST', body, headers });
  }

  me(): Promise<Me> {
    return this.ask('/me');
  }

  async staff(): Promise<StaffMember[]> {
    return (await this.ask<{ staff: StaffMember[] }>('/staff')).staff;
  }

  queues(): Promise<Queues> {
    return this.ask('/queues');
  }

  page(queue: Queue, cursor: string | null): Promise<Page> {
    const query = new URLSearchParams(cursor ? { queue, cursor } : { queue });
    return this.ask(`/complaints?${query}`);
  }

  complaint(reference: string): Promise<Complaint> {
    return this.ask(`/complaints/${encodeURIComponent(reference)}`);
  }

  register(key: string, body: unknown): Promise<Receipt> {
    return this.post('/complaints', body, { 'idempotency-key': key });
  }

  /** Makes a move on the version the person has seen; `key` makes a repeated request one move. */
  move(complaint: Complaint, move: Move, key: string, body: unknown): Promise<Complaint> {
    return this.post(`/complaints/${complaint.reference}/moves/${move}`, body, {
      'if-match': `"${complaint.version}"`,
      'idempotency-key': key,
    });
  }

  /** What the move would change; nothing is written. */
  preview(complaint: Complaint, move: Move, body: unknown): Promise<Changes> {
    return this.post(`/complaints/${complaint.reference}/moves/${move}/preview`, body, { 'if-match': `"${complaint.version}"` });
  }

  write(reference: string, kind: 'notes' | 'messages', id: string, words: string): Promise<Complaint> {
    return this.post(`/complaints/${reference}/${kind}`, { id, words });
  }

  /** A link to the file that works for a minute and downloads it. */
  async file(reference: string, id: string): Promise<string> {
    return (await this.ask<{ url: string }>(`/complaints/${reference}/files/${encodeURIComponent(id)}`)).url;
  }

  taskDone(reference: string, id: string): Promise<Complaint> {
    return this.post(`/complaints/${reference}/tasks/${encodeURIComponent(id)}/done`, {});
  }

  async packs(): Promise<Pack[]> {
    return (await this.ask<{ packs: Pack[] }>('/packs')).packs;
  }

  rules(): Promise<Ruled> {
    return this.ask('/rules');
  }

  /** What these rules would do to the open complaints; nothing is written. */
  tryRules(organisation: unknown): Promise<Effect> {
    return this.post('/rules/preview', { organisation });
  }

  saveRules(version: number, organisation: unknown, reason: string): Promise<Ruled> {
    return this.ask('/rules', { method: 'PUT', body: { organisation, reason }, headers: { 'if-match': `"${version}"` } });
  }

  /** Recalculates some of the open complaints; asked again until none is left. */
  applyRules(reason: string): Promise<Applied> {
    return this.post('/rules/apply', { reason });
  }

  workload(): Promise<Workload> {
    return this.ask('/workload');
  }

  /** Moves some of the complaints; asked again until none is left. */
  handOver(body: { from: string; to: string; reason: string }): Promise<Handover> {
    return this.post('/handover', body);
  }

  async absences(): Promise<Absence[]> {
    return (await this.ask<{ absences: Absence[] }>('/absences')).absences;
  }

  async addAbsence(body: unknown): Promise<Absence[]> {
    return (await this.post<{ absences: Absence[] }>('/absences', body)).absences;
  }

  async removeAbsence(id: string): Promise<Absence[]> {
    return (await this.ask<{ absences: Absence[] }>(`/absences/${encodeURIComponent(id)}`, { method: 'DELETE' })).absences;
  }
}

export const api = new Api();
