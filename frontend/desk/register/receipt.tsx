/** The reference and the code, once: to read out, to copy, or on a slip of paper. They are kept nowhere else on this side. */
import { useEffect } from 'preact/hooks';
import { useDesk, useLaterWords } from '../desk';
import { Format, inFours, readable } from '../format';
import { wordsOf } from '../language';
import { Notice } from '../parts/fields';
import { Heading } from '../parts/page';
import { complaintAddress } from '../route';
import type { Language, Receipt } from '../shapes';
import { spelled } from './spelling';

/** `language` is that of the complainant, whose words have to be learned before. */
export function Registered({ receipt, language, onAnother }: { receipt: Receipt; language: Language; onAnother: () => void }) {
  const { format, say } = useDesk();
  const texts = useLaterWords().register;
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
          <dt>{texts.receivedDate}</dt>
          <dd>{format.date(receipt.received_at)}</dd>
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
      {receipt.late && <Notice kind="late" title={texts.late} />}
      <p>
        {texts.codeMore} <strong>{texts.codeOnce}</strong>
      </p>
      <div class="code">
        <h2>{texts.reference}</h2>
        <Spelled groups={readable(receipt.reference).split('-')} language={language} />
        <h2>{texts.code}</h2>
        <Spelled groups={code.split(' ')} language={language} />
        <div class="buttons">
          <button type="button" class="filled" onClick={() => print()}>
            {texts.print}
          </button>
          <button type="button" onClick={() => void navigator.clipboard.writeText(code).then(() => say(texts.copied))}>
            {texts.copy}
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
      <Slip receipt={receipt} language={language} />
    </div>
  );
}

/** Each group in large type, and under it one word for each sign, as it is read out. */
function Spelled({ groups, language }: { groups: string[]; language: Language }) {
  return (
    <ol class="spelled">
      {groups.map((group, index) => (
        <li key={index}>
          <bdi>{group}</bdi>
          <span class="small" lang={language}>
            {spelled(group, language).join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** A third of a sheet, on paper only, in the complainant's language. */
function Slip({ receipt, language }: { receipt: Receipt; language: Language }) {
  const { me } = useDesk();
  const words = wordsOf(language);
  const format = new Format(language, me.time_zone, words);
  const texts = useLaterWords().register.slip;
  const rows = [
    [texts.reference, readable(receipt.reference), 'sign'],
    [texts.code, inFours(receipt.secret), 'sign'],
    [texts.received, format.date(receipt.received_at), ''],
    [texts.answer, format.date(receipt.answer_due_on), ''],
  ] as const;
  return (
    <section class="slip" lang={language}>
      <p>
        <strong>{me.organisation}</strong> · {texts.title}
      </p>
      <dl>
        {rows.map(([term, value, kind]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd class={kind}>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        {texts.track} <bdi>{location.origin + texts.path}</bdi>
      </p>
      <p>
        <strong>{texts.keep}</strong>
      </p>
    </section>
  );
}
