/** What is typed into the form, what is missing from it, and how it goes to the server. */
import { plainNumber } from '../format';
import type { FieldError } from '../parts/fields';
import { orNull } from '../parts/typed';
import type { Backdating, CHANNELS, CURRENCIES, Customer, Format, Language, LifeStage, REMEDIES, WAYS } from '../shapes';

/** These keep the complaint under a number of their own, or set us a day. */
const OUTSIDE: readonly string[] = ['social', 'sikayetvar', 'cimer', 'e_devlet', 'kep', 'external_body'];

export const empty = (language: Language) => ({
  channel: '' as (typeof CHANNELS)[number] | '',
  when: 'now' as 'now' | 'earlier',
  day: '',
  time: '',
  backdated: '' as Backdating | '',
  backdating_reason: '',
  outside_reference: '',
  answer_by: '',
  kind: 'person' as 'person' | 'organisation' | 'anonymous',
  email: '',
  phone: '',
  name: '',
  organisation: '',
  language,
  about: '',
  what_happened: '',
  told_before: '' as 'yes' | 'no' | 'unsure' | '',
  told_reference: '',
  about_handling: false,
  safety_risk: false,
  elsewhere: false,
  elsewhere_where: '',
  wish: '',
  wants: [] as (typeof REMEDIES)[number][],
  wish_amount: '',
  value: '',
  currency: '' as (typeof CURRENCIES)[number] | '',
  happened_on: '',
  day_unsure: false,
  order_number: '',
  life_stage: '' as LifeStage | '',
  branch: '',
  staff_involved: '',
  complained_about: [] as string[],
  others_affected: '',
  immediate_action: '',
  address: '',
  agent: false,
  agent_name: '',
  agent_capacity: '',
  agent_email: '',
  agent_phone: '',
  contact: 'representative' as 'complainant' | 'representative',
  contact_by: '' as (typeof WAYS)[number] | '',
  call_hours: '',
  customer: '' as Customer | '',
  may_survey: false,
  formats: [] as Format[],
  support_needs: '',
});
export type Values = ReturnType<typeof empty>;

/** Everything that sets one value, for the fields. */
export type Set = <K extends keyof Values>(name: K) => (value: Values[K]) => void;

export const cameFromOutside = ({ channel }: Values): boolean => OUTSIDE.includes(channel);

export function missing(values: Values): FieldError[] {
  const found: FieldError[] = [];
  const need = (pointer: string, value: string, code = 'required') => {
    if (!value.trim()) found.push({ pointer, code });
  };
  need('/channel', values.channel, 'choice_required');
  if (values.when === 'earlier') {
    need('/received_at', values.day);
    need('/received_time', values.time);
    need('/backdated', values.backdated, 'choice_required');
    if (values.backdated === 'other') need('/backdating_reason', values.backdating_reason);
  }
  if (values.kind !== 'anonymous') {
    const byAgent = values.agent && values.contact === 'representative';
    need('/name', values.name);
    if (values.kind === 'organisation') need('/organisation', values.organisation);
    if (values.agent) need('/representative/name', values.agent_name);
    const { contact_by: by, address } = values;
    const reader = byAgent ? { email: values.agent_email, phone: values.agent_phone } : values;
    const at = byAgent ? '/representative' : '';
    if (by === 'letter') need('/address', address);
    else if (by) need(`${at}/${by}`, reader[by]);
    else need(`${at}/email`, reader.email + reader.phone + address, 'contact_required');
  }
  need('/about', values.about);
  need('/what_happened', values.what_happened);
  need('/told_before', values.told_before, 'choice_required');
  if (values.value.trim() || values.wish_amount.trim()) need('/currency', values.currency, 'choice_required');
  return found;
}

/** `received` is the moment at which the complaint came, in ISO 8601. What no longer shows in the form is not sent. */
export function toSend(values: Values, received: string) {
  const named = values.kind !== 'anonymous';
  const outside = cameFromOutside(values);
  const agent = named && values.agent;
  const sum = (text: string) => (text.trim() ? plainNumber(text) : null);
  const others = values.others_affected.trim();
  return {
    channel: values.channel,
    received_at: received,
    backdated: values.when === 'earlier' ? values.backdated || null : null,
    backdating_reason: values.when === 'earlier' ? orNull(values.backdating_reason) : null,
    outside_reference: outside ? orNull(values.outside_reference) : null,
    answer_by: outside ? orNull(values.answer_by) : null,
    anonymous: !named,
    email: named ? orNull(values.email) : null,
    phone: named ? orNull(values.phone) : null,
    name: named ? orNull(values.name) : null,
    organisation: values.kind === 'organisation' ? orNull(values.organisation) : null,
    address: named ? orNull(values.address) : null,
    representative: agent
      ? {
          name: values.agent_name.trim(),
          capacity: orNull(values.agent_capacity),
          email: orNull(values.agent_email),
          phone: orNull(values.agent_phone),
        }
      : null,
    contact: agent ? values.contact : 'complainant',
    language: values.language,
    about: values.about.trim(),
    what_happened: values.what_happened.trim(),
    told_before: values.told_before,
    told_reference: values.told_before === 'yes' ? orNull(values.told_reference) : null,
    about_handling: values.told_before === 'yes' && values.about_handling,
    safety_risk: values.safety_risk,
    elsewhere: values.elsewhere,
    elsewhere_where: values.elsewhere ? orNull(values.elsewhere_where) : null,
    wish: orNull(values.wish),
    wants: values.wants,
    wish_amount: sum(values.wish_amount),
    value: sum(values.value),
    currency: values.value.trim() || values.wish_amount.trim() ? values.currency : null,
    happened_on: values.happened_on || null,
    day_unsure: values.day_unsure,
    order_number: orNull(values.order_number),
    life_stage: values.life_stage || null,
    branch: orNull(values.branch),
    staff_involved: orNull(values.staff_involved),
    complained_about: [...new Set(values.complained_about.filter(Boolean))],
    // What is no number goes as it was typed, and the server says so.
    others_affected: /^\d+$/.test(others) ? Number(others) : others || null,
    immediate_action: orNull(values.immediate_action),
    contact_by: named ? values.contact_by || null : null,
    call_hours: named ? orNull(values.call_hours) : null,
    customer: values.customer || null,
    may_survey: values.may_survey,
    formats: values.formats,
    support_needs: orNull(values.support_needs),
  };
}
