/** 7.2 to 7.5: acknowledging, assessing, and what is not ours. */
import { useEffect, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk } from '../desk';
import { plainNumber } from '../format';
import { isMissing } from '../parts/attempt';
import { idOf, Radios, Select, Text, Tick } from '../parts/fields';
import { useKept } from '../parts/kept';
import { orNull, useTyped } from '../parts/typed';
import type { Category, Pack } from '../shapes';
import { AskedFor, Frame, textForm, useMedium, useNoConflict, type FormProps } from './frame';

export function Acknowledge(props: FormProps) {
  const medium = useMedium(['phone', 'letter', 'counter']);
  return (
    <Frame {...props} body={{ medium: medium.medium }} missing={medium.missing}>
      {medium.field}
    </Frame>
  );
}

interface NewPoint {
  title: string;
  category: string;
  pack: string;
  value: string;
}

/** The pack that a category usually stands under; the server knows which. */
const USUAL = 'usual';
const NEW_POINT: NewPoint = { title: '', category: '', pack: USUAL, value: '' };

const MODIFIERS = [
  ['vulnerable', 'vulnerable'],
  ['repeat', 'repeat'],
  ['compensation_likely', 'compensationLikely'],
  ['watched', 'watched'],
] as const;

export function Assess(props: FormProps) {
  const { words, language, lost } = useDesk();
  const { complaint } = props;
  const { assessment, points: known } = complaint;
  const again = props.offer.move === 'reassess';
  const why = again ? words.form.reassessReason : words.form.laterReason;
  const [severity, setSeverity] = useKept('severity', assessment ? String(assessment.severity) : '');
  const [safety, setSafety] = useKept<'none' | 'possible' | 'actual' | ''>('safety', assessment?.safety ?? '');
  const [complexity, setComplexity] = useKept('complexity', assessment ? String(assessment.complexity) : '');
  const [impact, setImpact] = useKept<'one' | 'several' | 'many' | ''>('impact', assessment?.impact ?? '');
  const [needed, setNeeded] = useKept('needed', assessment?.action_needed ?? false);
  const [possible, setPossible] = useKept('possible', assessment?.action_possible ?? false);
  const [modifiers, setModifiers] = useKept('modifiers', {
    vulnerable: assessment?.vulnerable ?? false,
    repeat: assessment?.repeat ?? false,
    compensation_likely: assessment?.compensation_likely ?? false,
    watched: assessment?.watched ?? false,
  });
  const noConflict = useNoConflict();
  const [reason, setReason] = useKept('reason', '');
  const mentioned = complaint.staff_unnamed ? complaint.account.staff_involved : null;
  const [nobody, setNobody] = useKept('nobody', '');
  const [points, setPoints] = useKept<NewPoint[]>('points', 
    known.length
      ? known.map(({ title, category, pack, value }) => ({ title, category: String(category), pack, value: value?.replace('.', words.format.point) ?? '' }))
      : [{ ...NEW_POINT, category: complaint.account.category ? String(complaint.account.category) : '' }],
  );
  const [packs, setPacks] = useState<Pack[]>([]);
  // A point keeps the category that it has, also when that is offered no more.
  const [categories, setCategories] = useState<Pick<Category, 'number' | 'name'>[]>(() => known.map(({ category, category_name }) => ({ number: category, name: category_name })));
  useEffect(() => {
    api.categories().then(
      (found) => setCategories(found.filter(({ number, active }) => active || known.some(({ category }) => category === number))),
      (error: unknown) => void lost(error),
    );
    // Without the list each point stands under its category's usual pack, or the one that it has.
    api.packs().then(
      (found) => setPacks(found.filter((pack) => pack.in_use)),
      (error: unknown) => void lost(error),
    );
  }, [lost]);
  const change = (index: number, part: Partial<NewPoint>) =>
    setPoints(points.map((point, at) => (at === index ? { ...point, ...part } : point)));

  const missing = [
    ...isMissing('/severity', severity, 'choice_required'),
    ...isMissing('/safety', safety, 'choice_required'),
    ...isMissing('/complexity', complexity, 'choice_required'),
    ...isMissing('/impact', impact, 'choice_required'),
    ...points.flatMap((point, index) => [
      ...isMissing(`/points/${index}/title`, point.title),
      ...isMissing(`/points/${index}/category`, point.category, 'choice_required'),
    ]),
    ...(again ? isMissing('/reason', reason) : []),
    ...(mentioned ? isMissing('/nobody_named', nobody, 'name_staff_first') : []),
    ...noConflict.missing,
  ];
  const body = {
    severity: Number(severity),
    safety,
    complexity: Number(complexity),
    impact,
    action_needed: needed,
    action_possible: possible,
    ...modifiers,
    no_conflict: noConflict.no_conflict,
    points: points.map(({ title, category, pack, value }) => ({
      title: title.trim(),
      category: Number(category),
      pack: pack === USUAL || (packs.length > 0 && !packs.some(({ id }) => id === pack)) ? null : pack,
      value: plainNumber(value) || null,
    })),
    reason: orNull(reason),
    nobody_named: orNull(nobody),
  };
  const levels = (texts: string[]) => texts.map((text, index) => [String(index + 1), text] as const);
  return (
    <Frame {...props} body={body} missing={missing}>
      {mentioned && <Text pointer="/nobody_named" label={words.form.nobodyNamed} hint={words.form.nobodyNamedHint(mentioned)} value={nobody} onValue={setNobody} rows={2} />}
      <div class="pair">
        <Radios pointer="/severity" label={words.form.severity} value={severity} onValue={setSeverity} choices={levels(words.form.severities)} />
        <Radios
          pointer="/complexity"
          label={words.form.complexity}
          value={complexity}
          onValue={setComplexity}
          choices={levels(words.form.complexities)}
        />
      </div>
      <div class="pair">
        <Radios
          pointer="/safety"
          label={words.form.safety}
          value={safety}
          onValue={setSafety}
          choices={(['none', 'possible', 'actual'] as const).map((choice) => [choice, words.form.safeties[choice]] as const)}
        />
        <Radios
          pointer="/impact"
          label={words.form.impact}
          value={impact}
          onValue={setImpact}
          choices={(['one', 'several', 'many'] as const).map((choice) => [choice, words.form.impacts[choice]] as const)}
        />
      </div>
      <div class="pair">
        <Tick pointer="/action_needed" label={words.form.actionNeeded} value={needed} onValue={setNeeded} />
        <Tick pointer="/action_possible" label={words.form.actionPossible} value={possible} onValue={setPossible} />
      </div>
      <fieldset class="field">
        <legend>{words.form.modifiers}</legend>
        <div class="choices">
          {MODIFIERS.map(([name, word]) => (
            <Tick
              key={name}
              pointer={`/${name}`}
              label={words.form[word]}
              value={modifiers[name]}
              onValue={(holds) => setModifiers({ ...modifiers, [name]: holds })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset class="group" id={idOf('/points')} tabIndex={-1}>
        <legend>{words.form.points}</legend>
        <p class="hint">{words.form.pointsHint}</p>
        {points.map((point, index) => (
          <fieldset class="point" key={index}>
            <legend>{words.form.point(index + 1)}</legend>
            <Text
              pointer={`/points/${index}/title`}
              label={words.form.pointWords}
              value={point.title}
              onValue={(title) => change(index, { title })}
              letter
              wide
            />
            <div class="in-row">
              <Select
                pointer={`/points/${index}/category`}
                label={words.form.pointCategory}
                value={point.category}
                onValue={(category) => change(index, { category })}
                choices={categories.map(({ number, name }) => [String(number), name[language] ?? ''] as const)}
              />
              <Text
                pointer={`/points/${index}/value`}
                label={words.form.pointValue}
                value={point.value}
                onValue={(value) => change(index, { value })}
                inputMode="decimal"
                class="short"
                optional
              />
            </div>
            {packs.length > 1 && (
              <Select
                pointer={`/points/${index}/pack`}
                label={words.form.pointPack}
                // A pack that is no longer in use cannot be chosen again.
                value={packs.some((pack) => pack.id === point.pack) ? point.pack : USUAL}
                onValue={(pack) => change(index, { pack })}
                choices={[[USUAL, words.form.packUsual], ...packs.map((pack) => [pack.id, `${pack.title[language]} (${pack.id})`] as const)]}
              />
            )}
            {points.length > 1 && (
              <button type="button" class="minor" onClick={() => setPoints(points.filter((_, at) => at !== index))}>
                {words.form.pointRemove(index + 1)}
              </button>
            )}
          </fieldset>
        ))}
        {points.length < 20 && (
          <button type="button" onClick={() => setPoints([...points, NEW_POINT])}>
            {words.form.pointAdd}
          </button>
        )}
      </fieldset>
      <AskedFor pointer="/reason" always={again || reason !== ''}>
        <Text pointer="/reason" label={why} hint={words.form.laterHint} value={reason} onValue={setReason} rows={3} letter />
      </AskedFor>
      {noConflict.field}
    </Frame>
  );
}

const DECLINE_REASONS = ['employment', 'before_court', 'not_about_us', 'other'] as const;

export function Decline(props: FormProps) {
  const { words } = useDesk();
  const { field, sent, missing, unchosen } = useTyped({ reason: '', words: '', route: '' });
  const noConflict = useNoConflict();
  return (
    <Frame
      {...props}
      body={{ ...sent, no_conflict: noConflict.no_conflict }}
      missing={[...unchosen('reason'), ...missing('words', 'route'), ...noConflict.missing]}
    >
      <Radios {...field('reason')} label={words.form.declineReason} choices={DECLINE_REASONS.map((one) => [one, words.form.declineReasons[one]] as const)} />
      <Text {...field('words')} label={words.form.declineWords} rows={4} letter />
      <Text {...field('route')} label={words.form.declineRoute} hint={words.form.declineRouteHint} rows={3} letter />
      {noConflict.field}
    </Frame>
  );
}

/** Another person reads what will be told before confirming it. */
export function ConfirmDecline(props: FormProps) {
  const { words } = useDesk();
  const noConflict = useNoConflict();
  const { complaint } = props;
  const proposed = complaint.timeline.find(({ type }) => type === 'DeclineProposed');
  const reason = DECLINE_REASONS.find((one) => one === proposed?.facts.reason);
  return (
    <Frame {...props} body={{ no_conflict: noConflict.no_conflict }} missing={noConflict.missing}>
      <h3>{words.form.declineProposal}</h3>
      {reason && <p>{words.form.declineReasons[reason]}</p>}
      <div class="sees" lang={complaint.language}>
        <p class="kept-lines">{proposed?.words}</p>
        {typeof proposed?.facts.route === 'string' && <p class="kept-lines">{proposed.facts.route}</p>}
      </div>
      {noConflict.field}
    </Frame>
  );
}

export const Contest = textForm('contestWords');
