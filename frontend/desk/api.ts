/** The staff API. Every refusal becomes a `Problem`; a session that cannot be renewed becomes `SessionEnded`. */
import { SessionEnded, token } from './session';
import type { Complaint, Language, Me, Move, Page, ProblemBody, Queue, Queues, Receipt, StaffMember } from './shapes';

const BASE = '/api/desk';

/** A refusal of the API, or no answer at all (`status` 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
  ) {
    super(body.title ?? String(status));
  }
}

interface Asked {
  method?: 'GET' | 'POST';
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
    if (!answer.ok) throw new Problem(answer.status, body as ProblemBody);
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
}

export const api = new Api();
