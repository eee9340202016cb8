/** How long complaints are kept, what that destroys and when, and what was destroyed so far. */
import { useDesk, useLaterWords } from '../desk';
import { Select, Text, Tick } from '../parts/fields';
import type { Ending, Limit, Pack, Retention } from '../shapes';
import { stem, type Draft, type Keeping, type Set } from './draft';

interface Props {
  draft: Draft;
  set: Set;
  packs: Pack[];
  kept: Retention;
}

/** The organisation's own time begins as that of the pack, where that is one of months or years. */
const beginning = ({ count, unit }: Limit): Keeping =>
  unit === 'month' || unit === 'year' ? { count: String(count), unit, law: '' } : { count: '', unit: 'year', law: '' };

export function Retained({ draft, set, packs, kept }: Props) {
  const { format, language } = useDesk();
  const texts = useLaterWords().rules;
  const said = ({ count, unit, from }: Limit) => texts.keeps(`${count} ${texts.units[unit]}`, from === 'received');
  const used = [...draft.packs.map(stem), ...Object.keys(draft.retention)];
  return (
    <>
      <p class="small">{texts.retentionMore}</p>
      {packs
        .filter(({ id }) => used.includes(id))
        .map(({ id, title, keeps }) => {
          const own = draft.retention[id];
          const change = (part: Partial<Keeping>) => own && set({ retention: { ...draft.retention, [id]: { ...own, ...part } } });
          const { [id]: _, ...others } = draft.retention;
          return (
            <fieldset class="point" key={id}>
              <legend>{title[language]}</legend>
              <p class="small">{said(keeps)}</p>
              <Tick
                pointer={`/retention/${id}`}
                label={texts.retentionOwn}
                value={!!own}
                onValue={(ours) => set({ retention: ours ? { ...others, [id]: beginning(keeps) } : others })}
              />
              {own && (
                <>
                  <div class="in-row">
                    <Text pointer={`/retention/${id}/count`} label={texts.number} value={own.count} onValue={(count) => change({ count })} inputMode="numeric" class="short" />
                    <Select
                      pointer={`/retention/${id}/unit`}
                      label={texts.unit}
                      value={own.unit}
                      onValue={(unit) => change({ unit })}
                      choices={(['month', 'year'] as const).map((unit) => [unit, texts.units[unit]] as const)}
                    />
                  </div>
                  <Text pointer={`/retention/${id}/law`} label={texts.retentionLaw} hint={texts.retentionLawHint} value={own.law} onValue={(law) => change({ law })} optional wide />
                </>
              )}
            </fieldset>
          );
        })}
      <h3>{texts.destroyed}</h3>
      <p>
        <EndingShown of={kept} />
      </p>
      {kept.log.length > 0 && (
        <ul class="limits">
          {kept.log.map(({ on, complaints, files }) => (
            <li key={on}>{texts.night(format.date(on), complaints, files)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** How many complaints these rules let be destroyed. */
export function EndingShown({ of: { next, soon } }: { of: Ending }) {
  const texts = useLaterWords().rules;
  return <>{next || soon ? texts.ending(next, soon) : texts.endingNone}</>;
}
