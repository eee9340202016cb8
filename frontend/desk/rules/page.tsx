/** What binds the organisation. Nothing is saved before its effect on the open complaints has been seen. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { isMissing, useAttempt, type Attempt } from '../parts/attempt';
import { DatesChange, promiseName } from '../parts/dates';
import { ErrorsContext, ErrorSummary, idOf, Notice, PlainContext, Text } from '../parts/fields';
import { useDraft } from '../parts/kept';
import { Reference } from '../parts/labels';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { History, Overtaken, Save, VersionLine } from '../parts/versions';
import { complaintAddress } from '../route';
import { mayRead, type Applied, type Effect, type Pack, type Retention, type Ruled, type StaffMember } from '../shapes';
import { Categories } from './categories';
import { draftOf, LENGTHS, missingIn, settledOf, type Draft, type Set } from './draft';
import { Figures, Lengths, Limits } from './money';
import { ByCategory, Packs } from './packs';
import { EndingShown, Retained } from './retention';
import { Rows } from './rows';
import { Digest, Hours, Ladder, OnCall, OwnDays, Targets } from './times';

const read = async () => {
  const [ruled, packs, staff, kept] = await Promise.all([api.rules(), api.packs(), api.staff(), api.retention()]);
  return { ruled, packs, staff, kept };
};

export function RulesPage() {
  const texts = useLaterWords().rules;
  const { found, setFound, problem, again } = useReading(read);
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={texts.loading} />;
  return <Rules {...found} onSettled={(ruled) => setFound({ ...found, ruled })} onSaved={again} />;
}

interface Props {
  ruled: Ruled;
  packs: Pack[];
  staff: StaffMember[];
  kept: Retention;
  onSettled: (ruled: Ruled) => void;
  onSaved: () => void;
}

function Rules({ ruled, packs, staff, kept, onSettled, onSaved }: Props) {
  const { words, language } = useDesk();
  const later = useLaterWords();
  const texts = later.rules;
  const { draft, setDraft, beginAnew, changed, restored, late } = useDraft('rules', ruled.version, () => draftOf(ruled.organisation, language));
  const attempted = useAttempt();
  const errors = attempted.errors.map(({ pointer, code }) => ({ pointer: pointer.replace('/organisation', ''), code }));
  const begin = (from: Ruled) => beginAnew(draftOf(from.organisation, language));
  const set: Set = (part) => setDraft((was) => ({ ...was, ...part }));
  const fields = { draft, set, packs, staff };
  const sections: [pointer: string, title: string, content: ComponentChildren][] = [
    ['/packs', texts.packs, <Packs {...fields} />],
    ['/categories', texts.categories, <Categories {...fields} known={ruled.organisation.categories} />],
    ['/by_category', texts.byCategory, <ByCategory {...fields} />],
    ['/own_packs', texts.ownPacks, <OwnPacks {...fields} calendars={ruled.calendars} />],
    ['/own_days', texts.days, <OwnDays {...fields} />],
    ['/hours', texts.hours, <Hours {...fields} />],
    ['/targets', texts.targets, <Targets {...fields} />],
    ['/reply_within', texts.lengthsTitle, <Lengths {...fields} />],
    ['/limits', texts.limits, <Limits {...fields} />],
    ['/values', texts.figures, <Figures {...fields} figures={ruled.figures} />],
    ['/retention', texts.retention, <Retained {...fields} kept={kept} />],
    ['/ladder', texts.ladder, <Ladder of="ladder" {...fields} />],
    ['/urgent_ladder', texts.urgentLadder, <Ladder of="urgent_ladder" {...fields} />],
    ['/roster', texts.roster, <OnCall {...fields} />],
    ['/digest_at', texts.digest, <Digest {...fields} />],
  ];
  if (ruled.can_change) {
    const saving = { ruled, draft, attempted: { ...attempted, errors }, onSettled, onSaved, changed, late, begin };
    sections.push(['/save', texts.save, <Saving {...saving} />]);
  }
  sections.push(['/history', later.versions.history, <History of={ruled.history} />]);
  return (
    <ErrorsContext.Provider value={errors}>
      <PlainContext.Provider value={!ruled.can_change}>
        <div class="rules">
          <header>
            <Heading title={words.titles.rules} arrived="rules" />
            <p class="small">
              <VersionLine of={ruled} none={texts.versionNone} /> {!ruled.can_change && texts.readOnly}
            </p>
            {restored && changed && !late && <Notice kind="information" title={words.conflict.restored} />}
          </header>
          <nav class="contents" aria-label={texts.contents}>
            <ul>
              {sections.map(([pointer, title]) => (
                <li key={pointer}>
                  <a href={`#${idOf(pointer)}`}>{title}</a>
                </li>
              ))}
            </ul>
          </nav>
          <div class="rules-work">
            {sections.map(([pointer, title, content]) => (
              <section key={pointer} id={idOf(pointer)} tabIndex={-1} aria-labelledby={`${idOf(pointer)}-title`}>
                <h2 id={`${idOf(pointer)}-title`}>{title}</h2>
                <LastChange pointer={pointer} changed={ruled.changed} />
                {content}
              </section>
            ))}
          </div>
        </div>
      </PlainContext.Provider>
    </ErrorsContext.Provider>
  );
}

/** The settings of a part that is called after the first of them. */
const TOGETHER: Record<string, readonly string[]> = {
  packs: ['packs', 'confirmed', 'legal_reviews', 'prescribed'],
  targets: ['targets', 'ceiling'],
  reply_within: LENGTHS,
};

/** Who last changed what stands in this part, and when. */
function LastChange({ pointer, changed }: { pointer: string; changed: Ruled['changed'] }) {
  const { words, format } = useDesk();
  const texts = useLaterWords().rules;
  const name = pointer.slice(1);
  const [last] = (TOGETHER[name] ?? [name]).flatMap((one) => changed[one] ?? []).sort((a, b) => b.version - a.version);
  if (!last?.at) return null;
  return <p class="small quiet">{texts.lastChange(format.moment(last.at), last.by_name ?? words.complaint.formerStaff, last.version)}</p>;
}

/** Packs in TOML, as the product's own are written. */
function OwnPacks({ draft, set, calendars }: { draft: Draft; set: Set; calendars: string[] }) {
  const texts = useLaterWords().rules;
  return (
    <>
      <p class="small">
        {texts.ownPacksMore} <bdi>{calendars.join(', ')}</bdi>
      </p>
      <Rows items={draft.own_packs} onItems={(own_packs) => set({ own_packs })} blank="" add={texts.ownPackAdd} name={(_, index) => texts.ownPack(index + 1)}>
        {(text, change, index) => (
          <Text pointer={`/own_packs/${index}`} label={texts.ownPack(index + 1)} value={text} onValue={change} rows={12} class="mono" />
        )}
      </Rows>
    </>
  );
}

interface SavingProps {
  ruled: Ruled;
  draft: Draft;
  changed: boolean;
  /** The draft was found again, and is older than these rules. */
  late: boolean;
  attempted: Attempt;
  /** Takes these rules as what is changed from here on. */
  begin: (from: Ruled) => void;
  onSettled: (ruled: Ruled) => void;
  onSaved: () => void;
}

/** First what would change, then the reason, then the open complaints, a hundred at a time. */
function Saving({ ruled, draft, changed, late, attempted, begin, onSettled, onSaved }: SavingProps) {
  const { words, say, recount } = useDesk();
  const { errors, problem, busy, attempt } = attempted;
  const texts = useLaterWords().rules;
  const [looked, setLooked] = useState<{ at: Draft; effect: Effect } | null>(null);
  const [reason, setReason] = useState('');
  const [applied, setApplied] = useState<Applied | null>(null);
  const [overtaken, setOvertaken] = useState(late);
  // What was seen holds for what was seen: after any further change it has to be looked at again.
  const effect = looked?.at === draft && looked.effect;

  const look = () =>
    void attempt(missingIn(draft), async () => {
      setApplied(null);
      setLooked(null);
      const effect = await api.tryRules(settledOf(draft));
      if (effect.problems.length) throw new Problem(422, { errors: effect.problems });
      setLooked({ at: draft, effect });
    });
  const save = (event: Event) => {
    event.preventDefault();
    void attempt(
      isMissing('/reason', reason),
      async () => {
        const settled = await api.saveRules(ruled.version, settledOf(draft), reason);
        onSettled(settled);
        begin(settled);
        setOvertaken(false);
        setReason('');
        say(texts.saved);
        let so: Applied = { changed: 0, left: Infinity, failed: 0 };
        for (let before = Infinity; so.left > 0; ) {
          before = so.left;
          const { changed, left, failed } = await api.applyRules(reason);
          so = { changed: so.changed + changed, left, failed };
          setApplied(so);
          // Where nothing moves on any more, the rest needs somebody who looks after the system.
          if (left >= before) break;
        }
        recount();
        onSaved();
      },
      ({ body: { current } }) => {
        if (!current || !('organisation' in current)) return false;
        onSettled(current);
        setOvertaken(true);
        setLooked(null);
        return true;
      },
    );
  };
  return (
    <>
      <ErrorSummary errors={errors} problem={problem} />
      {overtaken && (
        <Overtaken
          by={ruled}
          onTake={() => {
            begin(ruled);
            setOvertaken(false);
          }}
        />
      )}
      <p class="small">{changed || overtaken ? texts.saveMore : texts.unchanged}</p>
      {!effect && (
        <p class="buttons">
          <button type="button" class="filled" onClick={look}>
            {busy ? words.form.busy : words.changes.show}
          </button>
        </p>
      )}
      {effect && (
        <form onSubmit={save} noValidate>
          <EffectShown effect={effect} />
          <Save texts={texts} reason={reason} onReason={setReason} busy={busy} />
        </form>
      )}
      <div role="status">
        {applied && (
          <div class={applied.failed ? 'notice soon' : applied.left ? 'notice' : 'notice ok'}>
            <p>
              <strong>{texts.applied(applied.changed)}</strong> {applied.left > 0 && texts.appliedLeft(applied.left)}{' '}
              {applied.failed > 0 && texts.appliedFailed(applied.failed)}
            </p>
          </div>
        )}
      </div>
    </>
  );
}

/** What the open complaints would feel, with some of them by name of their reference. */
function EffectShown({ effect }: { effect: Effect }) {
  const { words, me } = useDesk();
  const texts = useLaterWords().rules;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { open, touched, earlier, later, examples } = effect;
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {texts.effect(open, touched)}
      </h3>
      {touched > 0 && <p>{texts.effectHow(earlier, later)}</p>}
      <p>
        <EndingShown of={effect.ending} />
      </p>
      {examples.length > 0 && (
        <details class="others" open={examples.length <= 10}>
          <summary>{texts.examples(examples.length)}</summary>
          <dl class="dates">
            {examples.map((one) => (
              <div key={`${one.reference} ${one.promise} ${one.point} ${one.old}`}>
                <dt>
                  {mayRead(me) ? (
                    <a href={complaintAddress(one.reference)}>
                      <Reference of={one.reference} />
                    </a>
                  ) : (
                    <Reference of={one.reference} />
                  )}{' '}
                  {promiseName(one, 2, words)}
                </dt>
                <dd>
                  <DatesChange old={one.old} to={one.new} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
