/**
 * Entering a complaint that came by any other way than the web form. What is needed stands first, the rest is folded
 * away. The clocks run from the day it was received. What is being typed survives a reload of this tab, and is wiped
 * when it is registered or at sign-out.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { serverNow, useDesk, useLaterWords } from '../desk';
import { CODES, learn } from '../language';
import { useAttempt } from '../parts/attempt';
import { capital, ErrorsContext, ErrorSummary, Radios, Text, Tick } from '../parts/fields';
import { Failed, Heading } from '../parts/page';
import { fieldsOf } from '../parts/typed';
import { DRAFTS } from '../session';
import { BACKDATINGS, CHANNELS, mayWrite, type Receipt } from '../shapes';
import { KnownContact, useKnown } from './known';
import { More } from './more';
import { Registered } from './receipt';
import { cameFromOutside, empty, missing, toSend, type Set, type Values } from './values';

const DRAFT = `${DRAFTS}register`;

export function RegisterPage() {
  const { words, format, me, language, recount } = useDesk();
  const { errors, problem, busy, attempt } = useAttempt();
  const [values, setValues] = useState<Values>(() => ({ ...empty(language), ...(JSON.parse(sessionStorage.getItem(DRAFT) ?? '{}') as Partial<Values>) }));
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  // Without an answer nobody knows whether it was registered. The next attempt is then the same one, moment and all.
  const once = useRef<{ key: string; now: string } | null>(null);
  const { known, look, forget } = useKnown(values);
  const typed = JSON.stringify(values) !== JSON.stringify({ ...empty(values.language) });
  useEffect(() => {
    if (typed && !receipt) sessionStorage.setItem(DRAFT, JSON.stringify(values));
    else sessionStorage.removeItem(DRAFT);
  }, [values, typed, receipt]);
  const texts = useLaterWords().register;

  if (!mayWrite(me)) return <Failed problem={new Problem(403, {})} onAgain={() => undefined} />;
  const afresh = () => {
    once.current = null;
    forget();
    setValues(empty(language));
    setReceipt(null);
  };
  if (receipt) return <Registered receipt={receipt} language={values.language} onAnother={afresh} />;

  const set: Set = (name) => (value) => setValues((were) => ({ ...were, [name]: value }));
  const field = fieldsOf(values, set);

  const submit = (event: Event) => {
    event.preventDefault();
    const found = missing(values);
    once.current ??= { key: crypto.randomUUID(), now: serverNow().toISOString() };
    const { key, now } = once.current;
    const received = values.when === 'now' ? now : format.fromWallClock(values.day, values.time);
    if (!found.length && !received) found.push({ pointer: '/received_at', code: 'date_invalid' });
    if (found.length) once.current = null;
    void attempt(
      found,
      async () => {
        await learn(values.language); // the slip speaks the complainant's language
        setReceipt(await api.register(key, toSend(values, received ?? '')));
        recount();
      },
      ({ status }) => {
        if (status > 0 && status < 500) once.current = null;
      },
    );
  };

  const organised = values.kind === 'organisation';
  return (
    <ErrorsContext.Provider value={errors}>
      <form class="register" onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} problem={problem} />
        <Heading title={errors.length > 0 || problem ? words.problems.errorTitle(texts.title) : texts.title} arrived="register">
          {texts.title}
        </Heading>
        <p>{texts.lead}</p>

        <div>
          <h2>{texts.how}</h2>
          <Radios
            {...field('channel')}
            label={texts.channel}
            choices={CHANNELS.map((channel) => [channel, beginning(words.channels[channel], language)] as const)}
            row
          />
          {cameFromOutside(values) && (
            <div class="revealed">
              <div class="in-row">
                <Text {...field('outside_reference')} label={texts.outsideReference} hint={texts.outsideReferenceHint} optional />
                <Text {...field('answer_by')} label={texts.answerBy} type="date" optional />
              </div>
            </div>
          )}
          <Radios
            {...field('when')}
            label={texts.when}
            choices={[
              ['now', texts.receivedNow],
              ['earlier', texts.receivedEarlier],
            ]}
            row
          />
          {values.when === 'earlier' && (
            <div class="revealed">
              <div class="in-row">
                <Text {...field('day', '/received_at')} label={texts.receivedDate} type="date" />
                <Text {...field('time', '/received_time')} label={texts.receivedTime} type="time" />
              </div>
              <Radios {...field('backdated')} label={texts.backdating} choices={BACKDATINGS.map((one) => [one, words.backdatings[one]] as const)} />
              <Text {...field('backdating_reason')} label={texts.backdatingMore} rows={2} optional={values.backdated !== 'other'} />
            </div>
          )}

          <h2>{texts.who}</h2>
          <Radios
            {...field('kind')}
            label={texts.kind}
            choices={(['person', 'organisation', 'anonymous'] as const).map((kind) => [kind, texts.kinds[kind]] as const)}
            row
          />
          {values.kind === 'anonymous' ? (
            <p class="revealed">{texts.anonymousMore}</p>
          ) : (
            <>
              <p class="hint contact-hint" id="contact-hint">
                {texts.contactHint}
              </p>
              <div class="pair" onFocusOut={look}>
                <Text {...field('phone')} label={texts.phone} type="tel" />
                <Text {...field('email')} label={texts.email} type="email" />
              </div>
              <div class="pair">
                {organised && <Text {...field('organisation')} label={texts.organisation} />}
                <Text {...field('name')} label={organised ? texts.contactPerson : texts.name} />
              </div>
              <div role="status">{known && <KnownContact key={known.asked} known={known} values={values} onValues={setValues} />}</div>
              <Tick {...field('agent', '/representative')} label={texts.agent} />
              {values.agent && <Agent values={values} set={set} />}
            </>
          )}
          <Radios
            {...field('language')}
            label={texts.language}
            choices={CODES.map((choice) => [choice, words.languages[choice]] as const)}
            row
          />

          <h2>{texts.complaint}</h2>
          <Text {...field('about')} label={texts.about} wide />
          <Text {...field('what_happened')} label={texts.happened} hint={texts.happenedHint} rows={6} letter />
          <Radios
            {...field('told_before')}
            label={texts.toldBefore}
            choices={(['yes', 'no', 'unsure'] as const).map((choice) => [choice, words.complaint.told[choice]] as const)}
            row
          />
          {values.told_before === 'yes' && (
            <div class="revealed">
              <Text {...field('told_reference')} label={texts.toldReference} optional />
              <Tick {...field('about_handling')} label={texts.aboutHandling} hint={texts.aboutHandlingHint} />
            </div>
          )}
          <Tick {...field('safety_risk')} label={texts.safety} />
          <Tick {...field('elsewhere')} label={texts.elsewhere} />
          {values.elsewhere && (
            <div class="revealed">
              <Text {...field('elsewhere_where')} label={texts.elsewhereWhere} wide optional />
            </div>
          )}
        </div>
        <div>
          <More values={values} set={set} />
        </div>
        <div class="buttons">
          <button type="submit" class="filled">
            {busy ? words.form.busy : texts.submit}
          </button>
          {typed && (
            <button type="button" class="minor" onClick={afresh}>
              {texts.clear}
            </button>
          )}
          <span class="small">{texts.draft}</span>
        </div>
      </form>
    </ErrorsContext.Provider>
  );
}

/** A name such as e-Devlet begins a line as it is. */
const beginning = (text: string, language: string): string => (/^\p{Ll}-\p{Lu}/u.test(text) ? text : capital(text, language));

/** Who acts for the complainant, and to whom we write. */
function Agent({ values, set }: { values: Values; set: Set }) {
  const texts = useLaterWords().register;
  const field = fieldsOf(values, set);
  return (
    <div class="revealed">
      <div class="pair">
        <Text {...field('agent_name', '/representative/name')} label={texts.agentName} />
        <Text {...field('agent_capacity', '/representative/capacity')} label={texts.agentCapacity} hint={texts.agentCapacityHint} optional />
        <Text {...field('agent_phone', '/representative/phone')} label={texts.agentPhone} type="tel" optional />
        <Text {...field('agent_email', '/representative/email')} label={texts.agentEmail} type="email" optional />
      </div>
      <Radios
        {...field('contact')}
        label={texts.contact}
        choices={(['representative', 'complainant'] as const).map((one) => [one, texts.contacts[one]] as const)}
        row
      />
    </div>
  );
}
