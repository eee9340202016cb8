/** A number with its noun, in a language that has two forms of it. */
export const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;
