/** What every screen knows: who works here, in which language, and what the server's clock says. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Format } from './format';
import { laterWordsOf } from './language';
import type { DocumentName, Language, Me, Queues } from './shapes';
import type { Words } from './words/en';
import type { LaterWords } from './words/later/en';

export interface Desk {
  me: Me;
  words: Words;
  language: Language;
  format: Format;
  queues: Queues | null;
  /** Reads the counts again, after something has moved. */
  recount: () => void;
  /** What this person has not yet read in the version that was approved last. */
  toRead: readonly DocumentName[];
  hasRead: (name: DocumentName) => void;
  /** Says in the status slab what has just been done. */
  say: (words: string) => void;
  /** Takes over an error that no screen can answer itself: the end of the session. True when it did. */
  lost: (error: unknown) => boolean;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('outside the desk');
  return desk;
}

/** The words of the later screens; only what `later` brought `withWords` may ask for them. */
export const useLaterWords = (): LaterWords => laterWordsOf(useDesk().language);

/** The server's time when it was last heard, and the reading of this page's own steady clock at that moment. */
let heard = { server: Date.now(), here: performance.now() };

/** Takes the server's `now`. The computer's own clock, which may be wrong, is never asked again. */
export function hear(now: string): void {
  heard = { server: Date.parse(now), here: performance.now() };
}

export const serverNow = (): Date => new Date(heard.server + performance.now() - heard.here);

/** The server's time, again each half minute, so that remaining times stay true on an open screen. */
export function useNow(): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 30_000);
    return () => clearInterval(timer);
  }, []);
  // Data that has just arrived may have moved the clock since the last tick.
  const fresh = serverNow();
  return Math.abs(fresh.getTime() - now.getTime()) > 60_000 ? fresh : now;
}
