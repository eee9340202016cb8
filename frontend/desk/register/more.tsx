/** What may be asked besides, folded away so that a telephone call stays short. */
import type { ComponentChildren } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { capital, idOf, said, Select, Text, Tick, Ticks, Radios } from '../parts/fields';
import { Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { fieldsOf } from '../parts/typed';
import { CURRENCIES, CUSTOMERS, FORMATS, LIFE_STAGES, REMEDIES, WAYS } from '../shapes';
import type { Set, Values } from './values';

interface Props {
  values: Values;
  set: Set;
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details class="fold">
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  );
}

export function More({ values, set }: Props) {
  const { words, language } = useDesk();
  const texts = useLaterWords().register;
  const field = fieldsOf(values, set);
  return (
    <>
      <Group title={texts.moreWish}>
        <Text {...field('wish')} label={texts.wish} rows={3} letter optional />
        <Ticks
          {...field('wants')}
          label={texts.wants}
          hint={texts.wantsHint}
          choices={REMEDIES.map((remedy) => [remedy, words.remedies[remedy] ?? remedy] as const)}
        />
        <div class="in-row">
          <Text {...field('value')} label={texts.value} inputMode="decimal" class="short" optional />
          <Text {...field('wish_amount')} label={texts.wishAmount} inputMode="decimal" class="short" optional />
          <Select {...field('currency')} label={texts.currency} choices={CURRENCIES.map((one) => [one, one] as const)} />
        </div>
      </Group>
      <Facts values={values} set={set} />
      {values.kind !== 'anonymous' && (
        <Group title={texts.morePerson}>
          <Text {...field('address')} label={texts.address} rows={3} optional />
          <Select {...field('contact_by')} label={texts.contactBy} choices={WAYS.map((way) => [way, texts.ways[way]] as const)} />
          <Text {...field('call_hours')} label={texts.callHours} wide optional />
          <Radios {...field('customer')} label={texts.customer} choices={CUSTOMERS.map((one) => [one, texts.customers[one]] as const)} row />
          <Tick {...field('may_survey')} label={texts.survey} />
          <p class="hint">{texts.surveyHint}</p>
        </Group>
      )}
      <Group title={texts.moreSupport}>
        <Ticks
          {...field('formats')}
          label={texts.formats}
          hint={texts.formatsHint}
          choices={FORMATS.map((one) => [one, capital(texts.formatNames[one], language)] as const)}
          row
        />
        <Text {...field('support_needs')} label={texts.support} hint={texts.supportHint} rows={2} letter optional />
      </Group>
    </>
  );
}

function Facts({ values, set }: Props) {
  const texts = useLaterWords().register;
  const field = fieldsOf(values, set);
  return (
    <Group title={texts.moreFacts}>
      <div class="in-row">
        <Text {...field('happened_on')} label={texts.happenedOn} type="date" optional />
        <Text {...field('order_number')} label={texts.order} optional />
      </div>
      <Tick {...field('day_unsure')} label={texts.dayUnsure} />
      <Radios {...field('life_stage')} label={texts.lifeStage} choices={LIFE_STAGES.map((stage) => [stage, texts.lifeStages[stage]] as const)} row />
      <Text {...field('branch')} label={texts.branch} wide optional />
      <Text {...field('staff_involved')} label={texts.staffInvolved} wide optional />
      <ComplainedAbout values={values} set={set} />
      <Text {...field('others_affected')} label={texts.othersAffected} inputMode="numeric" class="short" optional />
      <Text {...field('immediate_action')} label={texts.immediateAction} rows={2} optional />
    </Group>
  );
}

/** The members of staff are read when the first is to be named. Nobody names themselves. */
function ComplainedAbout({ values, set }: Props) {
  const texts = useLaterWords().register;
  const named = values.complained_about;
  const [asked, setAsked] = useState(named.length > 0);
  const add = () => {
    setAsked(true);
    set('complained_about')([...named, '']);
  };
  return (
    <div class="field">
      {asked && <Named named={named} onNamed={set('complained_about')} />}
      <button type="button" id={idOf('/complained_about')} aria-describedby="about-staff" onClick={add}>
        {texts.complainedAboutAdd}
      </button>
      <p class="hint" id="about-staff">
        {texts.complainedAboutHint} {texts.complainedAboutYou}
      </p>
    </div>
  );
}

function Named({ named, onNamed }: { named: string[]; onNamed: (named: string[]) => void }) {
  const { words, me } = useDesk();
  const texts = useLaterWords().register;
  const { found: staff, problem } = useReading(useCallback(() => api.staff(), []));
  if (problem) return <p class="message">{said(problem, words)}</p>;
  if (!staff) return <Loading words={words.page.loading} />;
  return (
    <>
      {named.map((sub, index) => (
        <div class="in-row named" key={index}>
          <Select
            pointer={`/complained_about/${index}`}
            label={texts.complainedAbout(index + 1)}
            value={sub}
            onValue={(chosen) => onNamed(named.map((one, at) => (at === index ? chosen : one)))}
            choices={staff
              .filter(({ id }) => id !== me.id && (id === sub || !named.includes(id)))
              .map(({ id, name }) => [id, name] as const)}
          />
          <button type="button" class="minor" aria-label={`${words.form.remove}: ${texts.complainedAbout(index + 1)}`} onClick={() => onNamed(named.filter((_, at) => at !== index))}>
            {words.form.remove}
          </button>
        </div>
      ))}
    </>
  );
}
