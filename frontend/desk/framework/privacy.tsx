/** Protection of personal data: what for, where they lie, who handles them, how they go abroad, and what that makes due. */
import { useEffect, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { Notice, Select, Text, Ticks } from '../parts/fields';
import { SpokenTexts, UNSAID } from '../parts/spoken';
import { Rows } from '../rules/rows';
import type { Content, Hosting } from '../shapes';
import { Register } from './register';

type Kept = Content<'privacy'>;
type Basis = Kept['purposes'][number]['basis'];
type Mechanism = NonNullable<Kept['transfer']>['mechanism'];
type Sector = Kept['sectors'][number];

const BASES = ['obligation', 'contract', 'claim', 'interest', 'consent'] as const satisfies readonly Basis[];
const MECHANISMS = ['adequacy', 'standard_contract', 'binding_rules', 'undertaking'] as const satisfies readonly Mechanism[];
const SECTORS = ['bank', 'payment', 'insurance', 'telecoms', 'health', 'capital_markets'] as const satisfies readonly Sector[];
const NOWHERE = 'none';
const PURPOSE = { what: UNSAID, basis: 'obligation' as Basis };
const PROCESSOR = { name: '', does: UNSAID, country: '' };

const draftOf = (kept: Kept | null) => ({
  purposes: (kept?.purposes ?? [PURPOSE]).map(({ what, basis }) => ({ what: { ...UNSAID, ...what }, basis })),
  place: { ...UNSAID, ...kept?.place },
  country: kept?.country ?? '',
  processors: (kept?.processors ?? []).map((one) => ({ ...one, does: { ...UNSAID, ...one.does } })),
  mechanism: (kept?.transfer?.mechanism ?? NOWHERE) as Mechanism | typeof NOWHERE,
  signed_on: kept?.transfer?.signed_on ?? '',
  notified_on: kept?.transfer?.notified_on ?? '',
  sectors: [...(kept?.sectors ?? [])] as Sector[],
});

const code = (country: string): string => country.trim().toUpperCase();

const contentOf = ({ mechanism, signed_on, notified_on, country, processors, ...draft }: ReturnType<typeof draftOf>) => ({
  ...draft,
  country: code(country),
  processors: processors.map((one) => ({ ...one, country: code(one.country) })),
  transfer: mechanism === NOWHERE ? null : { mechanism, signed_on: signed_on || null, notified_on: notified_on || null },
});

export function Privacy() {
  const texts = useLaterWords().framework.privacy;
  const [saved, setSaved] = useState(0);
  return (
    <Register name="privacy" draftOf={draftOf} contentOf={contentOf} above={<Stands saved={saved} />} onSaved={() => setSaved(saved + 1)}>
      {(draft, set) => (
        <>
          <section aria-labelledby="purposes">
            <h2 id="purposes">{texts.purposes}</h2>
            <Rows items={draft.purposes} onItems={(purposes) => set({ purposes })} blank={PURPOSE} add={texts.purposeAdd} name={(_, index) => texts.purpose(index + 1)} ordered>
              {(row, change, index) => (
                <div class="whole">
                  <SpokenTexts pointer={`/content/purposes/${index}/what`} label={texts.purpose(index + 1)} value={row.what} onValue={(what) => change({ ...row, what })} />
                  <Select
                    pointer={`/content/purposes/${index}/basis`}
                    label={texts.basis}
                    value={row.basis}
                    onValue={(basis) => change({ ...row, basis })}
                    choices={BASES.map((basis) => [basis, texts.bases[basis]] as const)}
                  />
                </div>
              )}
            </Rows>
          </section>
          <section aria-labelledby="place">
            <h2 id="place">{texts.where}</h2>
            <SpokenTexts pointer="/content/place" label={texts.place} hint={texts.placeHint} value={draft.place} onValue={(place) => set({ place })} />
            <Text pointer="/content/country" label={texts.country} hint={texts.countryHint} value={draft.country} onValue={(country) => set({ country })} class="short" />
          </section>
          <section aria-labelledby="processors">
            <h2 id="processors">{texts.processors}</h2>
            <p class="small">{texts.processorsMore}</p>
            <Rows items={draft.processors} onItems={(processors) => set({ processors })} blank={PROCESSOR} add={texts.processorAdd} name={({ name }, index) => name || texts.processor(index + 1)}>
              {(row, change, index) => (
                <div class="whole">
                  <div class="in-row">
                    <Text pointer={`/content/processors/${index}/name`} label={texts.processor(index + 1)} value={row.name} onValue={(name) => change({ ...row, name })} />
                    <Text pointer={`/content/processors/${index}/country`} label={texts.country} value={row.country} onValue={(country) => change({ ...row, country })} class="short" />
                  </div>
                  <SpokenTexts pointer={`/content/processors/${index}/does`} label={texts.does} value={row.does} onValue={(does) => change({ ...row, does })} />
                </div>
              )}
            </Rows>
          </section>
          <section aria-labelledby="transfer">
            <h2 id="transfer">{texts.transfer}</h2>
            <p class="small">{texts.transferMore}</p>
            <Select
              pointer="/content/transfer/mechanism"
              label={texts.mechanism}
              value={draft.mechanism}
              onValue={(mechanism) => set({ mechanism })}
              choices={[[NOWHERE, texts.nowhere], ...MECHANISMS.map((one) => [one, texts.mechanisms[one]] as const)]}
            />
            {draft.mechanism !== NOWHERE && (
              <div class="in-row">
                <Text pointer="/content/transfer/signed_on" label={texts.signedOn} type="date" value={draft.signed_on} onValue={(signed_on) => set({ signed_on })} />
                <Text pointer="/content/transfer/notified_on" label={texts.notifiedOn} type="date" value={draft.notified_on} onValue={(notified_on) => set({ notified_on })} />
              </div>
            )}
          </section>
          <section aria-labelledby="sectors">
            <h2 id="sectors">{texts.sectors}</h2>
            <Ticks
              pointer="/content/sectors"
              label={texts.sectorsOurs}
              hint={texts.sectorsHint}
              value={draft.sectors}
              onValue={(sectors) => set({ sectors })}
              choices={SECTORS.map((sector) => [sector, texts.sectorNames[sector]] as const)}
              row="grid"
            />
          </section>
        </>
      )}
    </Register>
  );
}

/** How what was saved last stands to the law today. */
function Stands({ saved }: { saved: number }) {
  const { format, lost } = useDesk();
  const texts = useLaterWords().framework.privacy;
  const [found, setFound] = useState<Hosting | null>(null);
  useEffect(() => {
    api.hosting().then(setFound, (error: unknown) => void lost(error));
  }, [saved, lost]);
  if (!found) return null;
  const { notified, notify_by, must_stay, abroad } = found;
  const by = notify_by ? format.date(notify_by) : '';
  return (
    <>
      {notified === 'overdue' && <Notice kind="late" title={texts.overdue(by)} />}
      {notified === 'due' && <Notice kind="soon" title={texts.due(by)} />}
      {notified === 'late' && <Notice kind="late" title={texts.notifiedLate(by)} />}
      {notified === 'in_time' && <Notice kind="ok" title={texts.notifiedInTime(by)} />}
      {must_stay.length > 0 && (
        <Notice kind="late" title={texts.mustStay(must_stay.map((sector) => texts.sectorNames[sector]).join(', '), abroad.join(', '))}>
          {texts.mustStayMore}
        </Notice>
      )}
    </>
  );
}
