/** Entering a complaint that came by telephone, on paper or in person. The clocks run from the day it was received. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { serverNow, useDesk } from '../desk';
import { inFours } from '../format';
import { useAttempt } from '../parts/attempt';
import { capital, ErrorsContext, ErrorSummary, Radios, Text, Tick, type FieldError } from '../parts/fields';
import { Reference } from '../parts/labels';
import { Failed, Heading } from '../parts/page';
import { complaintAddress } from '../route';
import { mayWrite, type Language, type Receipt } from '../shapes';

const CHANNELS = ['phone', 'letter', 'counter', 'email', 'social'] as const;

const empty = (language: Language) => ({
  channel: '' as (typeof CHANNELS)[number] | '',
  when: 'now' as 'now' | 'earlier',
  day: '',
  time: '',
  backdating_reason: '',
  language,
  about: '',
  what_happened: '',
  happened_on: '',
  told_before: '' as 'yes' | 'no' | 'unsure' | '',
  order_number: '',
  wish: '',
  safety_risk: false,
  elsewhere: false,
  name: '',
  email: '',
  phone: '',
  support_needs: '',
});
type Values = ReturnType<typeof empty>;

const orNull = (text: string): string | null => text.trim() || null;

export function RegisterPage() {
  const { words, format, me, language, recount } = useDesk();
  const { errors, problem, busy, attempt } = useAttempt();
  const [values, setValues] = useState<Values>(() => empty(language));
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const key = useRef(crypto.randomUUID());
  const texts = words.register;

  if (!mayWrite(me)) return <Failed problem={new Problem(403, {})} onAgain={() => undefined} />;
  if (receipt) {
    const another = () => {
      key.current = crypto.randomUUID();
      setValues(empty(language));
      setReceipt(null);
    };
    return <Registered receipt={receipt} onAnother={another} />;
  }

  const set =
    <K extends keyof Values>(name: K) =>
    (value: Values[K]) =>
      setValues((were) => ({ ...were, [name]: value }));

  const missing = (): FieldError[] => {
    const found: FieldError[] = [];
    const need = (pointer: string, value: string, code = 'required') => {
      if (!value.trim()) found.push({ pointer, code });
    };
    need('/channel', values.channel, 'choice_required');
    if (values.when === 'earlier') {
      need('/received_at', values.day);
      need('/received_time', values.time);
      need('/backdating_reason', values.backdating_reason);
    }
    need('/about', values.about);
    need('/what_happened', values.what_happened);
    need('/told_before', values.told_before, 'choice_required');
    need('/name', values.name);
    if (!values.email.trim() && !values.phone.trim()) found.push({ pointer: '/email', code: 'contact_required' });
    return found;
  };

  const submit = (event: Event) => {
    event.preventDefault();
    const found = missing();
    const received = values.when === 'now' ? serverNow().toISOString() : format.fromWallClock(values.day, values.time);
    if (!found.length && !received) found.push({ pointer: '/received_at', code: 'date_invalid' });
    void attempt(
      found,
      async () => {
        setReceipt(
          await api.register(key.current, {
            channel: values.channel,
            received_at: received,
            backdating_reason: values.when === 'earlier' ? orNull(values.backdating_reason) : null,
            language: values.language,
            about: values.about.trim(),
            what_happened: values.what_happened.trim(),
            happened_on: values.happened_on || null,
            told_before: values.told_before,
            order_number: orNull(values.order_number),
            wish: orNull(values.wish),
            safety_risk: values.safety_risk,
            elsewhere: values.elsewhere,
            name: values.name.trim(),
            email: orNull(values.email),
            phone: orNull(values.phone),
            support_needs: orNull(values.support_needs),
          }),
        );
        recount();
      },
      ({ status }) => {
        // Without an answer nobody knows whether it was registered, so the next attempt carries the same key.
        if (status > 0 && status < 500) key.current = crypto.randomUUID();
      },
    );
  };

  const said = errors.length > 0 || problem !== null;
  return (
    <ErrorsContext.Provider value={errors}>
      <form class="register" onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} problem={problem} />
        <Heading title={said ? words.problems.errorTitle(texts.title) : texts.title} arrived="register">
          {texts.title}
        </Heading>
        <p>{texts.lead}</p>

        <h2>{texts.how}</h2>
        <Radios
          pointer="/channel"
          label={texts.channel}
          value={values.channel}
          onValue={set('channel')}
          choices={CHANNELS.map((channel) => [channel, capital(words.channels[channel], language)] as const)}
          row
        />
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
            <Text pointer="/backdating_reason" label={texts.backdating} value={values.backdating_reason} onValue={set('backdating_reason')} rows={2} />
          </div>
        )}

        <h2>{texts.complaint}</h2>
        <Text pointer="/about" label={texts.about} value={values.about} onValue={set('about')} wide />
        <Text
          pointer="/what_happened"
          label={texts.happened}
          hint={texts.happenedHint}
          value={values.what_happened}
          onValue={set('what_happened')}
          rows={8}
          letter
        />
        <Text pointer="/happened_on" label={texts.happenedOn} type="date" value={values.happened_on} onValue={set('happened_on')} optional />
        <Radios
          pointer="/told_before"
          label={texts.toldBefore}
          value={values.told_before}
          onValue={set('told_before')}
          choices={(['yes', 'no', 'unsure'] as const).map((choice) => [choice, words.complaint.told[choice]] as const)}
          row
        />
        <Text pointer="/order_number" label={texts.order} value={values.order_number} onValue={set('order_number')} optional />
        <Text pointer="/wish" label={texts.wish} value={values.wish} onValue={set('wish')} rows={3} letter optional />
        <Tick pointer="/safety_risk" label={texts.safety} value={values.safety_risk} onValue={set('safety_risk')} />
        <Tick pointer="/elsewhere" label={texts.elsewhere} value={values.elsewhere} onValue={set('elsewhere')} />

        <h2>{texts.who}</h2>
        <Text pointer="/name" label={texts.name} value={values.name} onValue={set('name')} wide />
        <Text pointer="/email" label={texts.email} hint={texts.contactHint} type="email" value={values.email} onValue={set('email')} wide />
        <Text pointer="/phone" label={texts.phone} type="tel" value={values.phone} onValue={set('phone')} />
        <Radios
          pointer="/language"
          label={texts.language}
          value={values.language}
          onValue={set('language')}
          choices={(['tr', 'en'] as const).map((choice) => [choice, words.languages[choice]] as const)}
          row
        />
        <Text
          pointer="/support_needs"
          label={texts.support}
          hint={texts.supportHint}
          value={values.support_needs}
          onValue={set('support_needs')}
          rows={2}
          letter
          optional
        />
        <div class="buttons">
          <button type="submit" class="filled">
            {busy ? words.form.busy : texts.submit}
          </button>
        </div>
      </form>
    </ErrorsContext.Provider>
  );
}

/** The reference and the code, once. They are kept nowhere else on this side. */
function Registered({ receipt, onAnother }: { receipt: Receipt; onAnother: () => void }) {
  const { words, format, say } = useDesk();
  const texts = words.register;
  const code = inFours(receipt.secret);
  // Leaving by accident would lose the code for good, so the browser asks first.
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
  return (
    <div class="registered">
      <Heading title={texts.done} arrived={receipt.reference} />
      <dl class="record">
        <div>
          <dt>{texts.reference}</dt>
          <dd>
            <Reference of={receipt.reference} />
          </dd>
        </div>
        <div>
          <dt>{texts.acknowledgeDue}</dt>
          <dd>{format.date(receipt.acknowledge_due_on)}</dd>
        </div>
        <div>
          <dt>{texts.answerDue}</dt>
          <dd>{format.date(receipt.answer_due_on)}</dd>
        </div>
      </dl>
      <p>
        {texts.codeMore} <strong>{texts.codeOnce}</strong>
      </p>
      <div class="code">
        <h2>{texts.code}</h2>
        <p>
          <bdi>{code}</bdi>
        </p>
        <div class="buttons">
          <button type="button" onClick={() => void navigator.clipboard.writeText(code).then(() => say(texts.copied))}>
            {texts.copy}
          </button>
          <button type="button" onClick={() => print()}>
            {texts.print}
          </button>
        </div>
      </div>
      <p class="buttons">
        <a class="button" href={complaintAddress(receipt.reference)}>
          {texts.open}
        </a>
        <button type="button" class="minor" onClick={onAnother}>
          {texts.another}
        </button>
      </p>
    </div>
  );
}
