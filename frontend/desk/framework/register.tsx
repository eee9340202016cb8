/** One register of the framework: what it holds, saved as a version with its reason, and the versions before it. */
import type { ComponentChildren } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { isMissing, useAttempt } from '../parts/attempt';
import { ErrorsContext, ErrorSummary, Notice, PlainContext } from '../parts/fields';
import { useDraft } from '../parts/kept';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { History, Overtaken, Save, VersionLine } from '../parts/versions';
import { SETTINGS } from '../route';
import type { Content, RegisterName, Registers } from '../shapes';

interface Props<N extends RegisterName, D> {
  name: N;
  draftOf: (content: Content<N> | null) => D;
  /** As the server takes it. */
  contentOf: (draft: D) => unknown;
  children: (draft: D, set: (part: Partial<D>) => void) => ComponentChildren;
}

interface Own {
  /** What stands before the fields. */
  above?: ComponentChildren;
  onSaved?: () => void;
}

export function Register<N extends RegisterName, D>({ name, onSaved, ...given }: Props<N, D> & Own) {
  const { words } = useDesk();
  const { found, setFound, problem, again } = useReading(useCallback(() => api.readRegister(name), [name]));
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={words.page.loading} />;
  return <Kept name={name} {...given} kept={found} onKept={(kept) => (setFound(kept), onSaved?.())} />;
}

interface KeptProps<N extends RegisterName, D> extends Props<N, D> {
  kept: Registers[N];
  onKept: (kept: Registers[N]) => void;
  above?: ComponentChildren;
  /** The fields are a draft, and not what holds. */
  drafted?: boolean;
  /** There is nothing in the fields that does not stand above. */
  bare?: boolean;
}

/** The page itself. */
export function Kept<N extends RegisterName, D>({ name, draftOf, contentOf, children, kept, onKept, above, drafted, bare }: KeptProps<N, D>) {
  const { words, say } = useDesk();
  const later = useLaterWords();
    const texts = later.versions;
  const fresh = (from: Registers[N]) => draftOf(from.content as Content<N> | null);
  const { draft, setDraft, beginAnew, changed, restored, late } = useDraft(name, kept.version, () => fresh(kept));
  const [reason, setReason] = useState('');
  const [overtaken, setOvertaken] = useState(late);
  const { errors, problem, busy, attempt } = useAttempt();
  const begin = (from: Registers[N]) => {
    beginAnew(fresh(from));
    setOvertaken(false);
  };
  const save = (event: Event) => {
    event.preventDefault();
    void attempt(
      isMissing('/reason', reason),
      async () => {
        const settled = await api.saveRegister(name, kept.version, contentOf(draft), reason);
        onKept(settled);
        begin(settled);
        setReason('');
        say(texts.saved);
      },
      ({ body: { current } }) => {
        if (!current || !('content' in current)) return false;
        onKept(current as Registers[N]);
        setOvertaken(true);
        return true;
      },
    );
  };
  return (
    <ErrorsContext.Provider value={errors}>
      <PlainContext.Provider value={!kept.can_change}>
        <div class="laid-down">
          <p class="small">
            <a href={SETTINGS}>{words.titles.settings}</a>
          </p>
          <Heading title={words.titles[name]} arrived={name} />
          <p>{later.framework[name].lead}</p>
          {above}
          <section>
            {drafted && <h2>{later.documents.draft}</h2>}
            <p class="small">
              <VersionLine of={kept} none={texts.none} /> {!kept.can_change && texts.readOnly}
            </p>
            <form onSubmit={save} noValidate>
              <ErrorSummary errors={errors} problem={problem} />
              {overtaken && <Overtaken by={kept} onTake={() => begin(kept)} />}
              {restored && changed && !overtaken && <Notice kind="information" title={words.conflict.restored} />}
              {!bare && children(draft, (part) => setDraft((was) => ({ ...was, ...part })))}
              {kept.can_change && (
                <section aria-labelledby="save">
                  <h2 id="save">{texts.save}</h2>
                  {!changed && !overtaken && <p class="small">{texts.unchanged}</p>}
                  <Save texts={texts} reason={reason} onReason={setReason} busy={busy} />
                </section>
              )}
            </form>
          </section>
          <section aria-labelledby="history">
            <h2 id="history">{texts.history}</h2>
            <History of={kept.history} />
          </section>
        </div>
      </PlainContext.Provider>
    </ErrorsContext.Provider>
  );
}
