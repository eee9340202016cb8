/**
 * What is being typed stays in this tab: over a reload, over signing in again, over a colleague who was faster. It is
 * wiped when it was sent, when it was put away, and at sign-out.
 */
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { DRAFTS } from '../session';

/** Where the values of one form are kept under their names. */
export interface Drawer {
  name: string;
  /** What the values belong to, for whoever finds them again. */
  about?: unknown;
  /** The form stands there again with what was typed before the page was entered. */
  restored?: boolean;
}

interface Content {
  about: unknown;
  values: Record<string, unknown>;
}

const contentOf = (drawer: string): Content | null => JSON.parse(sessionStorage.getItem(DRAFTS + drawer) ?? 'null') as Content | null;

export const isKept = (drawer: string): boolean => contentOf(drawer) !== null;

/** What the values in this drawer belong to; null, where nothing was typed. */
export const keptAbout = <About>(drawer: string): About | null => (contentOf(drawer)?.about ?? null) as About | null;

export const forget = (drawer: string): void => sessionStorage.removeItem(DRAFTS + drawer);

export const DrawerContext = createContext<Drawer | null>(null);

/** Like `useState`, and the value is kept in the drawer from the first change on. */
export function useKeptIn<T>(drawer: Drawer | null, name: string, begin: T | (() => T)) {
  const [value, setValue] = useState<T>(() => {
    const kept = drawer && contentOf(drawer.name)?.values;
    if (kept && name in kept) return kept[name] as T;
    return begin instanceof Function ? begin() : begin;
  });
  const first = useRef(true);
  useEffect(() => {
    if (!first.current && drawer) {
      const values = { ...contentOf(drawer.name)?.values, [name]: value };
      sessionStorage.setItem(DRAFTS + drawer.name, JSON.stringify({ about: drawer.about ?? null, values } satisfies Content));
    }
    first.current = false;
  }, [value]);
  return [value, setValue] as const;
}

/** The same, in the drawer of the form around it. */
export const useKept = <T>(name: string, begin: T | (() => T)) => useKeptIn(useContext(DrawerContext), name, begin);

/**
 * The draft of something that is kept in versions, begun from `version`: it stays until it was saved, or given up for what
 * is in force. `late`: it was found again, and somebody had saved a newer version meanwhile.
 */
export function useDraft<D>(of: string, version: number, begin: () => D) {
  const drawer = { name: `settings.${of}`, about: version };
  const [since] = useState(() => keptAbout<number>(drawer.name));
  const [late] = useState(since !== null && since !== version);
  const [base, setBase] = useState(begin);
  const [draft, setDraft] = useKeptIn<D>(drawer, 'draft', () => base);
  useEffect(() => {
    if (draft === base) forget(drawer.name);
  }, [draft, base]);
  const beginAnew = (fresh: D) => {
    setBase(() => fresh);
    setDraft(() => fresh);
  };
  return { draft, setDraft, beginAnew, changed: draft !== base, restored: since !== null, late };
}
