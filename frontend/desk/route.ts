/** The addresses of the desk. The history of the browser is the only router. */
import { useEffect, useState } from 'preact/hooks';
import { QUEUES, REGISTERS, type Queue, type RegisterName } from './shapes';

export type Route =
  | { page: 'queue'; queue: Queue; cursor: string | null; open: string | null; narrowed: string }
  | { page: 'complaint'; reference: string; show: string | null }
  | { page: 'search'; q: string }
  | { page: 'register' }
  | { page: 'workload' }
  | { page: 'rules' }
  | { page: 'settings' }
  | { page: 'setup'; step: string | null }
  | { page: 'authority' }
  | { page: 'framework'; register: RegisterName }
  | { page: 'views'; month: string | null }
  | { page: 'survey'; month: string | null }
  | { page: 'unknown' };

export const HOME = '/staff/';
export const MOVED = 'redress:moved';

export const queueAddress = (queue: Queue, query: Record<string, string> = {}): string => {
  const search = new URLSearchParams(query).toString();
  return `/staff/queue/${queue}${search && `?${search}`}`;
};
export const complaintAddress = (reference: string): string => `/staff/complaints/${reference}`;
export const searchAddress = (q: string): string => `/staff/search?${new URLSearchParams({ q }).toString()}`;
export const surveyAddress = (month: string): string => `${SURVEY}?month=${month}`;
export const viewsAddress = (month: string): string => `${VIEWS}?month=${month}`;
export const REGISTER = '/staff/register';
export const WORKLOAD = '/staff/workload';
export const RULES = '/staff/rules';
export const SETTINGS = '/staff/settings';
export const SETUP = '/staff/setup';
export const setupAddress = (step: string): string => `${SETUP}?step=${step}`;
export const AUTHORITY = '/staff/authority';
export const registerAddress = (name: RegisterName): string => `/staff/framework/${name}`;
export const VIEWS = '/staff/views';
export const SURVEY = '/staff/survey';

/** What a queue is narrowed to, by the names that its address has for it, and in which order it stands. */
export const FILTERS = ['priority', 'category', 'owner', 'channel', 'pack', 'due', 'flag'] as const;
export type Filter = (typeof FILTERS)[number];
export type Narrowing = Partial<Record<Filter | 'order', string>>;

export const narrowing = (narrowed: string): Narrowing => Object.fromEntries(new URLSearchParams(narrowed));

/** The queue a complaint was opened from, or null for a search, and the way back there. */
let from: { queue: Queue | null; address: string } = { queue: 'open', address: queueAddress('open') };

export function rememberQueue(queue: Queue, address: string): void {
  from = { queue, address };
}

export function rememberSearch(q: string): void {
  from = { queue: null, address: searchAddress(q) };
}

export const cameFrom = (): { queue: Queue | null; address: string } => from;

/** Reads an address. A page that does not exist is 'unknown', never a guess. */
export function read(address: URL): Route {
  const [, , page = '', name = '', ...rest] = address.pathname.split('/');
  const query = address.searchParams;
  const queue = (name: string): Route => {
    const known = QUEUES.find((queue) => queue === name);
    if (!known) return { page: 'unknown' };
    const narrowed = new URLSearchParams();
    for (const one of ['order', ...FILTERS]) {
      const asked = query.get(one);
      if (asked) narrowed.set(one, asked);
    }
    return { page: 'queue', queue: known, cursor: query.get('cursor'), open: query.get('open'), narrowed: narrowed.toString() };
  };
  if (rest.some(Boolean)) return { page: 'unknown' };
  if (page === '') return queue('open');
  if (page === 'queue') return queue(name);
  if (page === 'complaints' && name) return { page: 'complaint', reference: decodeURIComponent(name), show: query.get('show') };
  if (page === 'search' && !name) return { page, q: (query.get('q') ?? '').trim() };
  if ((page === 'views' || page === 'survey') && !name) return { page, month: query.get('month') };
  if (page === 'setup' && !name) return { page, step: query.get('step') };
  if (page === 'framework') {
    const register = REGISTERS.find((one) => one === name);
    return register ? { page, register } : { page: 'unknown' };
  }
  if ((page === 'register' || page === 'workload' || page === 'rules' || page === 'settings' || page === 'authority') && !name) return { page };
  return { page: 'unknown' };
}

export function go(address: string): void {
  history.pushState(null, '', address);
  dispatchEvent(new Event(MOVED));
}

/** The present address, followed through links inside the desk and through Back and Forward. */
export function useAddress(): URL {
  const [address, setAddress] = useState(() => new URL(location.href));
  useEffect(() => {
    const moved = () => setAddress(new URL(location.href));
    // A plain click on a link of the desk stays in the page; with a modifier it is the browser's.
    const clicked = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link || link.origin !== location.origin || !link.pathname.startsWith(HOME) || link.hash || link.target) return;
      event.preventDefault();
      go(link.pathname + link.search);
    };
    addEventListener('popstate', moved);
    addEventListener(MOVED, moved);
    addEventListener('click', clicked);
    return () => {
      removeEventListener('popstate', moved);
      removeEventListener(MOVED, moved);
      removeEventListener('click', clicked);
    };
  }, []);
  return address;
}
