/** Dates, times and remaining time in the organisation's time zone and the reader's language. */
import type { Language, Row } from './shapes';
import type { Words } from './words/en';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
// From this share of the allowed time on, a promise is shown as close.
const SOON_SHARE = 0.8;

export type Urgency = 'late' | 'soon' | 'calm' | 'wait' | 'none';
export type Countdown = Pick<Row, 'due' | 'days_left' | 'share' | 'late'> & Partial<Pick<Row, 'paused_since'>>;

export class Format {
  private readonly dates: Intl.DateTimeFormat;
  private readonly plainDates: Intl.DateTimeFormat;
  private readonly shortDates: Intl.DateTimeFormat;
  private readonly times: Intl.DateTimeFormat;
  private readonly days: Intl.DateTimeFormat;

  constructor(
    readonly language: Language,
    readonly zone: string,
    private readonly words: Words,
  ) {
    const { locale, day: style } = words.format;
    this.dates = new Intl.DateTimeFormat(locale, { ...style, timeZone: zone });
    this.plainDates = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' });
    this.shortDates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: zone });
    this.times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
    this.days = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone });
  }

  /** A date; an ISO date without a time belongs to no zone and stays as it is. */
  date(iso: string): string {
    return DATE_ONLY.test(iso) ? this.plainDates.format(new Date(`${iso}T00:00:00Z`)) : this.dates.format(new Date(iso));
  }

  /** Day and month, for a margin in which the years are clear. */
  day(iso: string): string {
    return this.shortDates.format(new Date(iso));
  }

  /** A plain date of the next few weeks, with its weekday. */
  weekday(iso: string, width: 'short' | 'long' = 'short'): string {
    const style = new Intl.DateTimeFormat(this.words.format.locale, { weekday: width, day: 'numeric', month: width, timeZone: 'UTC' });
    return style.format(new Date(`${iso}T00:00:00Z`));
  }

  time(moment: string | Date): string {
    return this.times.format(new Date(moment)).replace(':', this.words.format.clock);
  }

  moment(iso: string): string {
    return `${this.date(iso)}, ${this.time(iso)}`;
  }

  /** The local calendar day of a moment, as an ISO date. */
  isoDay(moment: Date): string {
    return this.days.format(moment);
  }

  /** A due moment as staff read it: today and tomorrow with the time, later days by their date. */
  due(iso: string, now: Date): string {
    const day = this.isoDay(new Date(iso));
    if (day === this.isoDay(now)) return this.words.time.today(this.time(iso));
    if (day === this.isoDay(new Date(now.getTime() + DAY))) return this.words.time.tomorrow(this.time(iso));
    return this.date(iso);
  }

  private span(milliseconds: number): string {
    const minutes = Math.max(1, Math.floor(milliseconds / MINUTE));
    if (minutes >= 48 * 60) return this.words.time.days(Math.floor(minutes / (24 * 60)));
    if (minutes >= 60) return this.words.time.hours(Math.floor(minutes / 60), minutes % 60);
    return this.words.time.minutes(minutes);
  }

  /** How much time is left or overrun: whole business days as the server counted them, below one day the clock. */
  remaining(clock: Countdown, now: Date): { urgency: Urgency; words: string } {
    if (clock.paused_since) return { urgency: 'wait', words: this.words.complaint.paused };
    if (!clock.due) return { urgency: 'none', words: this.words.time.noClock };
    const left = Date.parse(clock.due) - now.getTime();
    const days = Math.abs(clock.days_left ?? 0);
    const span = days >= 1 && Math.abs(left) >= DAY / 2 ? this.words.time.workingDays(days) : this.span(Math.abs(left));
    if (clock.late || left < 0) return { urgency: 'late', words: this.words.time.late(span) };
    const soon = days <= 1 || clock.share >= SOON_SHARE;
    return { urgency: soon ? 'soon' : 'calm', words: this.words.time.left(span) };
  }

  /** The organisation's time zone by its name in the reader's language, the same in summer and winter. */
  zoneName(now: Date): string {
    const parts = new Intl.DateTimeFormat(this.words.format.locale, { timeZone: this.zone, timeZoneName: 'longGeneric' });
    return parts.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? this.zone;
  }

  size(bytes: number): string {
    const [value, unit] = bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [Math.max(1, bytes / 1e3), 'kB'];
    const number = new Intl.NumberFormat(this.language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
    return this.words.complaint.size(number, unit);
  }

  /** A mean, to a tenth. */
  mean(value: number): string {
    return new Intl.NumberFormat(this.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
  }

  /** With one decimal place at most. */
  number(value: number): string {
    return new Intl.NumberFormat(this.language, { maximumFractionDigits: 1 }).format(value);
  }

  money(amount: string, currency: string | null): string {
    const number = new Intl.NumberFormat(this.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Number(amount));
    return `${number} ${currency ? this.currency(currency) : ''}`.trim();
  }

  /** What this language calls a currency; most go by their code. */
  currency(code: string): string {
    return this.words.format.currencies[code] ?? code;
  }

  /**
   * The moment of a wall-clock time in the organisation's zone (`day` as ISO date, `time` as HH:MM), in ISO 8601 UTC.
   * Null when the two do not make a moment.
   */
  fromWallClock(day: string, time: string): string | null {
    const guess = Date.parse(`${day}T${time || '00:00'}:00Z`);
    if (Number.isNaN(guess)) return null;
    // What the zone's clocks show at the guess gives the offset; a second look settles days on which it changes.
    let moment = guess;
    for (let look = 0; look < 2; look++) {
      const shown = Date.parse(`${this.isoDay(new Date(moment))}T${this.times.format(new Date(moment))}:00Z`);
      moment += guess - shown;
    }
    return new Date(moment).toISOString();
  }
}

/** `7K4M29XRQ3A` as people read it aloud: 7K4M-29X-RQ3A. */
export const readable = (reference: string): string =>
  reference.length === 11 ? `${reference.slice(0, 4)}-${reference.slice(4, 7)}-${reference.slice(7)}` : reference;

/** A name does not break over lines. */
export const whole = (name: string): string => name.replaceAll(' ', '\u00a0');

/** The tracking code in groups of four. */
export const inFours = (secret: string): string => secret.replace(/[^0-9A-Z]/gi, '').replace(/(.{4})(?=.)/g, '$1 ');

/** An amount as it is written in the reader's language: 25.000 or 25,000. */
export const amountOf = (amount: string, language: Language): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: Number(amount) % 1 ? 2 : 0, maximumFractionDigits: 2 }).format(Number(amount));

/** A number as people write it, in either convention, as the server reads it: 1.250,50 and 1,250.50 are 1250.50. */
export function plainNumber(written: string): string {
  const text = written.replace(/\s/g, '');
  const cents = /^(.+)[.,](\d{1,2})$/.exec(text);
  const digits = (part: string) => part.replace(/[.,]/g, '');
  return cents ? `${digits(cents[1] ?? '')}.${cents[2] ?? ''}` : digits(text);
}
