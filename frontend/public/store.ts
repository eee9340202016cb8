// What this tab keeps, or this device where a person asks for it. Where a browser keeps nothing, or its store is full,
// that costs what would be kept, and no more.

/** To reach for a store may be refused already. */
const shelf = (device: boolean): Storage => (device ? localStorage : sessionStorage);

export function recall<T>(place: string, device = false): T | null {
  try {
    return JSON.parse(shelf(device).getItem(place) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Says whether it is kept. */
export function store(place: string, what: unknown, device = false): boolean {
  try {
    shelf(device).setItem(place, JSON.stringify(what));
    return true;
  } catch {
    return false;
  }
}

export function drop(place: string, device = false): void {
  try {
    shelf(device).removeItem(place);
  } catch {
    // Nothing was kept.
  }
}
