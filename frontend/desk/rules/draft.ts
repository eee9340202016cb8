/** The rules while they are being changed: numbers as they are typed, tables as rows. */
import { amountOf, plainNumber } from '../format';
import { CODES } from '../language';
import { isMissing } from '../parts/attempt';
import type { FieldError } from '../parts/fields';
import { CURRENCIES, LIMITED, type Interval, type Language, type Limit, type Organisation, type Step, type Tell, type Unit, type Weekday } from '../shapes';

export interface Rung {
  /** `share`: in percent of the time allowed; `later`: working days after the due date. */
  at: 'share' | 'later';
  count: string;
  tell: Tell[];
}

/** A length of time; what it is counted from is not changed here. */
export type Length = Omit<Limit, 'count'> & { count: string };

/** The times that are the organisation's own, and no pack's. */
export const LENGTHS = ['reply_within', 'notice', 'review_within'] as const;

/** How long the organisation keeps what stands under a pack. */
export interface Keeping {
  count: string;
  unit: 'month' | 'year';
  law: string;
}

type Numbers = 'by_category' | 'own_days' | 'hours' | 'targets' | 'ladder' | 'urgent_ladder' | 'ceiling' | 'limits' | 'values' | 'retention' | (typeof LENGTHS)[number];

export interface Draft extends Omit<Organisation, Numbers> {
  by_category: { category: string; pack: string }[];
  own_days: { day: string; name: string }[];
  hours: Partial<Record<Weekday, Interval[]>> | null;
  targets: Record<string, { count: string; unit: Unit }>;
  ladder: Rung[];
  urgent_ladder: Rung[];
  ceiling: string;
  /** Amounts as they are typed; what is left empty is nothing at all. */
  limits: Record<string, Record<string, string>>;
  values: Record<string, { year: string; amount: string }[]>;
  retention: Record<string, Keeping>;
  /** Null: no reply is asked for, and nothing ends for want of one. */
  reply_within: Length | null;
  notice: Length;
  review_within: Length;
}

const minute = (time: string): string => time.slice(0, 5);

const rung = ({ share, later, tell }: Step): Rung =>
  share === null ? { at: 'later', count: String(later), tell } : { at: 'share', count: String(Math.round(share * 100)), tell };

const length = (limit: Limit): Length => ({ ...limit, count: String(limit.count) });

export const draftOf = (settled: Organisation, language: Language): Draft => ({
  ...settled,
  by_category: Object.entries(settled.by_category).map(([category, pack]) => ({ category, pack })),
  own_days: Object.entries(settled.own_days)
    .sort()
    .map(([day, name]) => ({ day, name })),
  hours:
    settled.hours &&
    Object.fromEntries(
      Object.entries(settled.hours).map(([day, hours]) => [day, hours.map(({ opens, closes }) => ({ opens: minute(opens), closes: minute(closes) }))]),
    ),
  targets: Object.fromEntries(Object.entries(settled.targets).map(([name, limit]) => [name, { ...limit, count: String(limit.count) }])),
  ladder: settled.ladder.map(rung),
  urgent_ladder: settled.urgent_ladder.map(rung),
  digest_at: settled.digest_at.map(minute),
  ceiling: String(settled.ceiling),
  limits: Object.fromEntries(
    LIMITED.map((role) => {
      const own = settled.limits[role] ?? {};
      return [role, Object.fromEntries(CURRENCIES.flatMap((currency) => (own[currency] === undefined ? [] : [[currency, amountOf(own[currency], language)]])))];
    }),
  ),
  values: Object.fromEntries(
    Object.entries(settled.values).map(([name, years]) => [name, Object.entries(years).map(([year, amount]) => ({ year, amount: amountOf(amount, language) }))]),
  ),
  retention: Object.fromEntries(Object.entries(settled.retention).map(([pack, own]) => [pack, { ...own, count: String(own.count), law: own.law ?? '' }])),
  reply_within: settled.reply_within && length(settled.reply_within),
  notice: length(settled.notice),
  review_within: length(settled.review_within),
});

/** What does not look like a number goes as it was typed: the server names the field. */
const number = (text: string, part = 1): unknown => {
  const found = Number(plainNumber(text));
  return text.trim() && !Number.isNaN(found) ? found / part : text;
};

const step = ({ at, count, tell }: Rung) => ({ share: at === 'share' ? number(count, 100) : null, later: at === 'later' ? number(count) : null, tell });

const filled = <T>(table: Record<string, T>, keep: (value: T) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(table).filter(([, value]) => keep(value)));

/** As the server takes it. What was begun and emptied again is left out. */
export const settledOf = (draft: Draft) => ({
  ...draft,
  by_category: Object.fromEntries(draft.by_category.filter(({ category, pack }) => category && pack).map(({ category, pack }) => [category, pack])),
  confirmed: filled(draft.confirmed, ({ by, words }) => !!(by || words)),
  legal_reviews: filled(draft.legal_reviews, ({ by, words }) => !!(by || words)),
  prescribed: filled(
    Object.fromEntries(Object.entries(draft.prescribed).map(([name, text]) => [name, { ...text, words: filled(text.words as Record<string, string>, Boolean) }])),
    ({ words }) => Object.keys(words).length > 0,
  ),
  own_days: Object.fromEntries(draft.own_days.map(({ day, name }) => [day, name])),
  targets: Object.fromEntries(Object.entries(draft.targets).map(([name, limit]) => [name, { ...limit, count: number(limit.count) }])),
  ladder: draft.ladder.map(step),
  urgent_ladder: draft.urgent_ladder.map(step),
  roster: draft.roster.filter(Boolean),
  ceiling: number(draft.ceiling),
  limits: Object.fromEntries(
    Object.entries(draft.limits).map(([role, own]) => [
      role,
      Object.fromEntries(Object.entries(own).flatMap(([currency, amount]) => (amount.trim() ? [[currency, plainNumber(amount)]] : []))),
    ]),
  ),
  values: filled(
    Object.fromEntries(
      Object.entries(draft.values).map(([name, rows]) => [
        name,
        Object.fromEntries(rows.filter(({ year, amount }) => year.trim() || amount.trim()).map(({ year, amount }) => [year.trim(), plainNumber(amount)])),
      ]),
    ),
    (years) => Object.keys(years).length > 0,
  ),
  retention: Object.fromEntries(Object.entries(draft.retention).map(([pack, own]) => [pack, { ...own, count: number(own.count), law: own.law.trim() || null }])),
  reply_within: draft.reply_within && { ...draft.reply_within, count: number(draft.reply_within.count) },
  notice: { ...draft.notice, count: number(draft.notice.count) },
  review_within: { ...draft.review_within, count: number(draft.review_within.count) },
});

/** What is still missing before the server is asked: a name in one of the languages. */
export const missingIn = (draft: Draft): FieldError[] =>
  draft.categories.flatMap(({ name }, index) => CODES.flatMap((code) => isMissing(`/categories/${index}/name/${code}`, name[code] ?? '')));

/** A pack's name without its version. */
export const stem = (id: string): string => id.split('/')[0] ?? id;

export type Set = (part: Partial<Draft>) => void;
