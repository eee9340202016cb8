// What this tab keeps. Where a browser keeps nothing, or its store is full, that costs what would be kept, and no more.

export function recall<T>(place: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? "null") as T | null;
  } catch {
    return null;
  }
}

export function store(place: string, what: unknown): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(what));
  } catch {
    // Nothing is kept.
  }
}

export function drop(place: string): void {
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
}
