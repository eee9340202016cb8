/** The policy of handling complaints, part by part. */
import { useDesk, useLaterWords } from '../desk';
import { Text } from '../parts/fields';
import { SpokenTexts, UNSAID } from '../parts/spoken';
import { Rows } from '../rules/rows';
import { Document } from './document';

const BLANK = { heading: UNSAID, text: UNSAID };

export function Policy() {
  const { language, format } = useDesk();
  const later = useLaterWords();
  const texts = later.framework.policy;
  return (
    <Document
      name="policy"
      draftOf={(kept) => ({
        title: { ...UNSAID, ...kept?.title },
        parts: (kept?.parts ?? [BLANK]).map(({ heading, text }) => ({ heading: { ...UNSAID, ...heading }, text: { ...UNSAID, ...text } })),
        owner: { ...UNSAID, ...kept?.owner },
        effective_from: kept?.effective_from ?? '',
        review_on: kept?.review_on ?? '',
      })}
      contentOf={(draft) => draft}
      shown={({ title, parts, owner, effective_from }) => (
        <>
          <h3 class="letter">{title[language]}</h3>
          {parts.map(({ heading, text }, index) => (
            <div key={index}>
              <h4 class="letter">{heading[language]}</h4>
              <p class="letter kept-lines">{text[language]}</p>
            </div>
          ))}
          <p class="small">
            {texts.ownerIs} {owner[language]} · {texts.holdsFrom} {format.date(effective_from)}
          </p>
        </>
      )}
    >
      {(draft, set) => (
        <>
          <SpokenTexts pointer="/content/title" label={texts.name} value={draft.title} onValue={(title) => set({ title })} />
          <Rows items={draft.parts} onItems={(parts) => set({ parts })} blank={BLANK} add={texts.partAdd} name={(part, index) => part.heading[language] || texts.part(index + 1)} ordered>
            {(part, change, index) => (
              <fieldset class="compact-legend">
                <legend>{texts.part(index + 1)}</legend>
                <SpokenTexts pointer={`/content/parts/${index}/heading`} label={texts.heading} value={part.heading} onValue={(heading) => change({ ...part, heading })} />
                <SpokenTexts pointer={`/content/parts/${index}/text`} label={texts.text} value={part.text} onValue={(text) => change({ ...part, text })} rows={5} />
              </fieldset>
            )}
          </Rows>
          <SpokenTexts pointer="/content/owner" label={texts.owner} hint={texts.ownerHint} value={draft.owner} onValue={(owner) => set({ owner })} />
          <div class="in-row">
            <Text pointer="/content/effective_from" label={texts.effectiveFrom} type="date" value={draft.effective_from} onValue={(effective_from) => set({ effective_from })} />
            <Text pointer="/content/review_on" label={later.documents.reviewOn} type="date" value={draft.review_on} onValue={(review_on) => set({ review_on })} />
          </div>
        </>
      )}
    </Document>
  );
}
