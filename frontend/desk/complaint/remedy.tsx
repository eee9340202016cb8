/** What puts a point right: which remedy, in what words, for how much, by when. For a decision of ours, and for an award. */
import { useEffect, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk } from '../desk';
import { plainNumber } from '../format';
import { isMissing } from '../parts/attempt';
import { Radios, Select, Text, type FieldError } from '../parts/fields';
import { useKept } from '../parts/kept';
import { orNull } from '../parts/typed';
import { CURRENCIES, REMEDIES, type Complaint, type Role, type Ruled } from '../shapes';

export const NO_REMEDY = 'none';

export interface RemedyTyped {
  kind: string;
  words: string;
  amount: string;
  currency: string;
  dueOn: string;
}

export const blankRemedy = (complaint: Complaint): RemedyTyped => ({
  kind: '',
  words: '',
  amount: '',
  currency: complaint.account.currency ?? (complaint.language === 'tr' ? 'TRY' : 'GBP'),
  dueOn: '',
});

export const remedyBody = ({ kind, words, amount, currency, dueOn }: RemedyTyped): object => ({
  kind,
  words: orNull(words),
  amount: amount.trim() ? plainNumber(amount) : null,
  currency: amount.trim() ? currency : null,
  due_on: dueOn || null,
});

// Remedies that are nothing but money: they say how much.
const SUMS: readonly string[] = ['refund', 'price_reduction', 'compensation_loss', 'compensation_distress', 'cost_reimbursement', 'goodwill'];
export const isSum = (kind: string): boolean => SUMS.includes(kind);

// Remedies that the letter itself gives: there is no day to watch.
const UNDATED: readonly string[] = ['apology', 'information_explanation', 'referral'];
export const hasDay = (kind: string): boolean => kind !== '' && !UNDATED.includes(kind);

/** What a remedy still has to say once its kind is chosen. */
export const missingOf = (pointer: string, { kind, amount, dueOn }: RemedyTyped, dated: boolean): FieldError[] => [
  ...(isSum(kind) ? isMissing(`${pointer}/amount`, amount) : []),
  ...(dated ? isMissing(`${pointer}/due_on`, dueOn) : []),
];

// The law gives a consumer with defective goods the choice among these four (6502, art. 11); none is chosen for them.
const STATUTORY = ['contract_cancel', 'price_reduction', 'repair_rework', 'replacement'] as const;
const STATUTORY_PACKS = ['TR-TUKETICI', 'TR-GARANTI'];
const OTHER = 'other_remedy';

export const isStatutory = (pack: string): boolean => STATUTORY_PACKS.includes(pack.split('/')[0] ?? '');

interface KindProps {
  pointer: string;
  value: string;
  onValue: (kind: string) => void;
  statutory: boolean;
  /** Whether there may be none. */
  none: boolean;
}

export function RemedyKind({ pointer, value, onValue, statutory, none }: KindProps) {
  const { words } = useDesk();
  const [other, setOther] = useKept(`${pointer} other`, false);
  const four: readonly string[] = STATUTORY;
  const named = (kind: string) => [kind, words.remedies[kind] ?? kind] as const;
  const last = none ? ([[NO_REMEDY, words.form.remedyNone]] as const) : [];
  if (!statutory) {
    return <Select pointer={pointer} label={words.form.remedyKind} value={value} onValue={onValue} choices={[...REMEDIES.map(named), ...last]} />;
  }
  const elsewhere = other || (value !== '' && value !== NO_REMEDY && !four.includes(value));
  return (
    <>
      <Radios
        pointer={pointer}
        label={words.form.statutory}
        hint={words.form.statutoryHint}
        value={elsewhere ? OTHER : value}
        onValue={(kind) => {
          setOther(kind === OTHER);
          onValue(kind === OTHER ? '' : kind);
        }}
        choices={[...four.map(named), [OTHER, words.form.statutoryOther] as const, ...last]}
      />
      {elsewhere && (
        <div class="revealed">
          <Select
            pointer={`${pointer}/other`}
            label={words.form.otherRemedy}
            value={value}
            onValue={onValue}
            choices={REMEDIES.filter((kind) => !four.includes(kind)).map(named)}
          />
        </div>
      )}
    </>
  );
}

/** What belongs to a remedy once there is one. */
export function RemedyFields({ pointer, remedy, onChange, dated }: { pointer: string; remedy: RemedyTyped; onChange: (part: Partial<RemedyTyped>) => void; dated: boolean }) {
  const { words } = useDesk();
  return (
    <>
      <Text
        pointer={`${pointer}/words`}
        label={words.form.remedyWords}
        hint={words.form.remedyWordsHint}
        value={remedy.words}
        onValue={(text) => onChange({ words: text })}
        rows={2}
        letter
        optional
      />
      <div class="in-row">
        <Text
          pointer={`${pointer}/amount`}
          label={words.form.amount}
          value={remedy.amount}
          onValue={(amount) => onChange({ amount })}
          inputMode="decimal"
          class="short"
          optional={!isSum(remedy.kind)}
        />
        <Select
          pointer={`${pointer}/currency`}
          label={words.form.currency}
          value={remedy.currency}
          onValue={(currency) => onChange({ currency })}
          choices={CURRENCIES.map((currency) => [currency as string, currency] as const)}
        />
        <Text
          pointer={`${pointer}/due_on`}
          label={words.form.dueOn}
          type="date"
          value={remedy.dueOn}
          onValue={(dueOn) => onChange({ dueOn })}
          optional={!dated}
        />
      </div>
    </>
  );
}

/** The sums of amounts of money, by currency. */
export function sums(amounts: { amount: string | null; currency: string | null }[]): [string, number][] {
  const found = new Map<string, number>();
  for (const { amount, currency } of amounts) {
    if (amount && currency) found.set(currency, (found.get(currency) ?? 0) + (Number(amount) || 0));
  }
  return [...found];
}

/** What a role may approve in a currency; null is without limit. The API keeps to the same numbers, and has the last word. */
function limitOf(roles: readonly Role[], currency: string, limits: Ruled['organisation']['limits']): number | null {
  if (roles.includes('top-management')) return null;
  return Math.max(0, ...roles.map((role) => Number((limits as Record<string, Record<string, string>>)[role]?.[currency] ?? 0)));
}

export function useLimits(): Ruled['organisation']['limits'] | null {
  const { lost } = useDesk();
  const [limits, setLimits] = useState<Ruled['organisation']['limits'] | null>(null);
  useEffect(() => {
    // Without the limits the sums stand alone; the API refuses what is above them.
    api.rules().then(
      ({ organisation }) => setLimits(organisation.limits),
      (error: unknown) => void lost(error),
    );
  }, [lost]);
  return limits;
}

// Whose approval a sum can need, in the order in which their limits grow.
const APPROVERS: readonly Role[] = ['lead', 'management-representative', 'top-management'];

/** The roles that may approve all of these sums; those of different currencies do not add up, and need one without limit. */
export const mayApprove = (costs: [string, number][], limits: Ruled['organisation']['limits']): Role[] =>
  APPROVERS.filter((role) =>
    costs.every(([currency, sum]) => {
      const limit = limitOf([role], currency, limits);
      return limit === null || (sum <= limit && costs.length === 1);
    }),
  );

/** What the remedies cost, and who may approve that; for whoever approves it, against their own limit. */
export function Money({ costs, approves }: { costs: [string, number][]; approves: boolean }) {
  const { words, format, me } = useDesk();
  const limits = useLimits();
  const texts = words.form;
  return (
    <section class="money" aria-labelledby="money-title">
      <h3 id="money-title">{texts.money}</h3>
      {costs.length === 0 && <p class="quiet">{texts.moneyNone}</p>}
      {costs.map(([currency, sum]) => {
        const said = format.money(String(sum), currency);
        if (!limits || !approves) return <p key={currency}>{said}</p>;
        const limit = limitOf(me.roles, currency, limits);
        if (limit === null) return <p key={currency}>{texts.moneyNoLimit(said)}</p>;
        if (costs.length > 1) return <p key={currency}>{said}</p>;
        const above = sum > limit;
        return (
          <p key={currency}>
            {texts.moneyRow(said, format.money(String(limit), currency))}: <strong class={above ? 'late' : ''}>{above ? texts.moneyAbove : texts.moneyWithin}</strong>
          </p>
        );
      })}
      {costs.length > 1 && <p>{texts.moneyMixed}</p>}
      {limits && costs.length > 0 && <p class="small">{words.complaint.mayApprove(mayApprove(costs, limits).map((role) => words.roles[role]).join(', '))}</p>}
    </section>
  );
}
