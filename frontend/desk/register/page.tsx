/**
 * Entering a complaint that came by any other way than the web form. What is needed stands first, the rest is folded
 * away. The clocks run from the day it was received. What is being typed survives a reload of this tab, and is wiped
 * when it is registered or at sign-out.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { serverNow, useDesk } from '../desk';
import { learn } from '../language';
import { useAttempt } from '../parts/attempt';
import { capital, ErrorsContext, ErrorSummary, Radios, Text, Tick } from '../parts/fields';
import { Failed, Heading } from '../parts/page';
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
  const texts = words.register;

  if (!mayWrite(me)) return <Failed problem={new Problem(403, {})} onAgain={() => undefined} />;
  const afresh = () => {
    once.current = null;
    forget();
    setValues(empty(language));
    setReceipt(null);
  };
  if (receipt) return <Registered receipt={receipt} language={values.language} onAnother={afresh} />;

  const set: Set = (name) => (value) => setValues((were) => ({ ...were, [name]: value }));

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
            pointer="/channel"
            label={texts.channel}
            value={values.channel}
            onValue={set('channel')}
            choices={CHANNELS.map((channel) => [channel, beginning(words.channels[channel], language)] as const)}
            row
          />
          {cameFromOutside(values) && (
            <div class="revealed">
              <div class="in-row">
                <Text
                  pointer="/outside_reference"
                  label={texts.outsideReference}
                  hint={texts.outsideReferenceHint}
                  value={values.outside_reference}
                  onValue={set('outside_reference')}
                  optional
                />
                <Text pointer="/answer_by" label={texts.answerBy} type="date" value={values.answer_by} onValue={set('answer_by')} optional />
              </div>
            </div>
          )}
          <Radios
            pointer="/when"
            label={texts.when}
            value={values.when}
            onValue={set('when')}
            choices={[
              ['now', texts.receivedNow],
              ['earlier', texts.receivedEarlier],
            ]}
            row
          />
          {values.when === 'earlier' && (
            <div class="revealed">
              <div class="in-row">
                <Text pointer="/received_at" label={texts.receivedDate} type="date" value={values.day} onValue={set('day')} />
                <Text pointer="/received_time" label={texts.receivedTime} type="time" value={values.time} onValue={set('time')} />
              </div>
              <Radios
                pointer="/backdated"
                label={texts.backdating}
                value={values.backdated}
                onValue={set('backdated')}
                choices={BACKDATINGS.map((one) => [one, texts.backdatings[one]] as const)}
              />
              <Text
                pointer="/backdating_reason"
                label={texts.backdatingMore}
                value={values.backdating_reason}
                onValue={set('backdating_reason')}
                rows={2}
                optional={values.backdated !== 'other'}
              />
            </div>
          )}

          <h2>{texts.who}</h2>
          <Radios
            pointer="/kind"
            label={texts.kind}
            value={values.kind}
            onValue={set('kind')}
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
                <Text pointer="/phone" label={texts.phone} type="tel" value={values.phone} onValue={set('phone')} />
                <Text pointer="/email" label={texts.email} type="email" value={values.email} onValue={set('email')} />
              </div>
              <div class="pair">
                {organised && <Text pointer="/organisation" label={texts.organisation} value={values.organisation} onValue={set('organisation')} />}
                <Text pointer="/name" label={organised ? texts.contactPerson : texts.name} value={values.name} onValue={set('name')} />
              </div>
              <div role="status">{known && <KnownContact key={known.asked} known={known} values={values} onValues={setValues} />}</div>
              <Tick pointer="/representative" label={texts.agent} value={values.agent} onValue={set('agent')} />
              {values.agent && <Agent values={values} set={set} />}
            </>
          )}
          <Radios
            pointer="/language"
            label={texts.language}
            value={values.language}
            onValue={set('language')}
            choices={(['tr', 'en'] as const).map((choice) => [choice, words.languages[choice]] as const)}
            row
          />

          <h2>{texts.complaint}</h2>
          <Text pointer="/about" label={texts.about} value={values.about} onValue={set('about')} wide />
          <Text
            pointer="/what_happened"
            label={texts.happened}
            hint={texts.happenedHint}
            value={values.what_happened}
            onValue={set('what_happened')}
            rows={6}
            letter
          />
          <Radios
            pointer="/told_before"
            label={texts.toldBefore}
            value={values.told_before}
            onValue={set('told_before')}
            choices={(['yes', 'no', 'unsure'] as const).map((choice) => [choice, words.complaint.told[choice]] as const)}
            row
          />
          {values.told_before === 'yes' && (
            <div class="revealed">
              <Text pointer="/told_reference" label={texts.toldReference} value={values.told_reference} onValue={set('told_reference')} optional />
            </div>
          )}
          <Tick pointer="/safety_risk" label={texts.safety} value={values.safety_risk} onValue={set('safety_risk')} />
          <Tick pointer="/elsewhere" label={texts.elsewhere} value={values.elsewhere} onValue={set('elsewhere')} />
          {values.elsewhere && (
            <div class="revealed">
              <Text pointer="/elsewhere_where" label={texts.elsewhereWhere} value={values.elsewhere_where} onValue={set('elsewhere_where')} wide optional />
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
  const texts = useDesk().words.register;
  return (
    <div class="revealed">
      <div class="pair">
        <Text pointer="/representative/name" label={texts.agentName} value={values.agent_name} onValue={set('agent_name')} />
        <Text
          pointer="/representative/capacity"
          label={texts.agentCapacity}
          hint={texts.agentCapacityHint}
          value={values.agent_capacity}
          onValue={set('agent_capacity')}
          optional
        />
        <Text pointer="/representative/phone" label={texts.agentPhone} type="tel" value={values.agent_phone} onValue={set('agent_phone')} optional />
        <Text pointer="/representative/email" label={texts.agentEmail} type="email" value={values.agent_email} onValue={set('agent_email')} optional />
      </div>
      <Radios
        pointer="/contact"
        label={texts.contact}
        value={values.contact}
        onValue={set('contact')}
        choices={(['representative', 'complainant'] as const).map((one) => [one, texts.contacts[one]] as const)}
        row
      />
    </div>
  );
}
