/** Whom a setting can name. */
import type { StaffMember } from '../shapes';
import type { Words } from '../words/en';

/** Everybody who works here; whoever is `named` and has left stays among them until taken off. */
export function people(staff: readonly StaffMember[], named: readonly string[], words: Words): (readonly [string, string])[] {
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  const subs = new Set([...names.keys(), ...named.filter(Boolean)]);
  return [...subs].map((sub) => [sub, names.get(sub) ?? words.complaint.formerStaff] as const);
}
