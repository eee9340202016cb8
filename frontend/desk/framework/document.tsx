/** What top management puts in force: the words that hold, who approved them, who has read them; then the draft. */
import type { ComponentChildren } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { isMissing, useAttempt } from '../parts/attempt';
import { ErrorsContext, ErrorSummary, Notice, PlainContext, Text } from '../parts/fields';
import { Failed, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import type { Content, DocumentName, Documents, Registers } from '../shapes';
import { Kept } from './register';

interface Props<N extends DocumentName, D> {
  name: N;
  draftOf: (content: Content<N> | null) => D;
  contentOf: (draft: D) => unknown;
  children: (draft: D, set: (part: Partial<D>) => void) => ComponentChildren;
  /** The words that hold, as the public reads them. */
  shown: (document: NonNullable<Documents[N]['document']>) => ComponentChildren;
}

interface Found<N extends DocumentName> {
  kept: Registers[N];
  approved: Documents[N];
}

export function Document<N extends DocumentName, D>({ name, shown, ...given }: Props<N, D>) {
  const { words } = useDesk();
  const read = useCallback(async () => {
    const both = [api.readRegister(name), api.inForce(name)] as const;
    return { kept: await both[0], approved: await both[1] } as Found<N>;
  }, [name]);
  const { found, setFound, problem, again } = useReading<Found<N>>(read);
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={words.page.loading} />;
  const { kept, approved } = found;
  return (
    <Kept
      {...given}
      name={name}
      kept={kept}
      onKept={(kept) => {
        setFound({ kept, approved });
        again();
      }}
      above={
        <InForce name={name} draft={kept.version} approved={approved} shown={shown} onApproved={(approved) => setFound({ kept, approved })} />
      }
      drafted
      bare={!kept.can_change && !approved.to_approve}
    />
  );
}

interface InForceProps<N extends DocumentName> extends Pick<Props<N, never>, 'name' | 'shown'> {
  draft: number;
  approved: Documents[N];
  onApproved: (approved: Documents[N]) => void;
}

function InForce<N extends DocumentName>({ name, draft, approved, shown, onApproved }: InForceProps<N>) {
  const { words, format, say, hasRead } = useDesk();
  const texts = useLaterWords().documents;
  const { problem, busy, attempt } = useAttempt();
  const { document, version, at, by_name, to_approve, may_approve, have_read, review_late } = approved;
  const read = () =>
    void attempt([], async () => {
      onApproved(await api.haveRead(name, version));
      hasRead(name);
      say(texts.thanks);
    });
  return (
    <>
      <section aria-labelledby="in-force">
        <h2 id="in-force">{texts.inForce}</h2>
        <ErrorSummary errors={[]} problem={problem} />
        {document ? (
          <>
            <p class="small">{texts.approved(version, by_name ?? words.complaint.formerStaff, format.moment(at ?? ''))}</p>
            {review_late ? (
              <Notice kind="late" title={texts.reviewLate(format.date(document.review_on))} />
            ) : (
              <p class="small">{texts.review(format.date(document.review_on))}</p>
            )}
            <div class="document">{shown(document as NonNullable<Documents[N]['document']>)}</div>
            {!have_read && (
              <p class="buttons">
                <button type="button" class={may_approve && to_approve ? '' : 'filled'} onClick={read}>
                  {busy ? words.form.busy : texts.read}
                </button>
              </p>
            )}
            <Readers of={approved} />
          </>
        ) : (
          <p class="quiet">{texts.none}</p>
        )}
      </section>
      {to_approve && (may_approve ? <Approve name={name} draft={draft} onApproved={onApproved} /> : <Notice kind="wait" title={texts.waits} />)}
    </>
  );
}

function Readers({ of: { readers } }: { of: Documents[DocumentName] }) {
  const { format } = useDesk();
  const texts = useLaterWords().documents;
  const have = readers.filter(({ at }) => at);
  return (
    <details class="others">
      <summary>{texts.readBy(have.length, readers.length)}</summary>
      <ul class="rows">
        {readers.map(({ id, name, at }) => (
          <li key={id}>
            <p>{name}</p>
            <p class="small">{at ? format.moment(at) : texts.notYet}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** For those who may: the draft is read below, and put in force here. */
function Approve<N extends DocumentName>({ name, draft, onApproved }: { name: N; draft: number; onApproved: (approved: Documents[N]) => void }) {
  const { words, say } = useDesk();
  const texts = useLaterWords().documents;
  const [reason, setReason] = useState('');
  const { errors, problem, busy, attempt } = useAttempt('/approval'); // the draft has a reason of its own
  const approve = (event: Event) => {
    event.preventDefault();
    void attempt(isMissing('/reason', reason), async () => {
      onApproved(await api.approve(name, draft, reason));
      say(texts.approvedNow);
    });
  };
  return (
    <ErrorsContext.Provider value={errors}>
      <PlainContext.Provider value={false}>
        <section aria-labelledby="approve">
          <h2 id="approve">{texts.approve}</h2>
          <p class="small">{texts.approveMore(draft)}</p>
          <form onSubmit={approve} noValidate>
            <ErrorSummary errors={errors} problem={problem} />
            <Text pointer="/approval/reason" label={texts.ground} value={reason} onValue={setReason} rows={2} />
            <p class="buttons">
              <button type="submit" class="filled">
                {busy ? words.form.busy : texts.approveAct}
              </button>
            </p>
          </form>
        </section>
      </PlainContext.Provider>
    </ErrorsContext.Provider>
  );
}
