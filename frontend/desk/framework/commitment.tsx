/** What top management promises, with the name of who signs it. */
import { useDesk, useLaterWords } from '../desk';
import { Text } from '../parts/fields';
import { SpokenTexts, UNSAID } from '../parts/spoken';
import { Document } from './document';

export function Commitment() {
  const { language } = useDesk();
  const later = useLaterWords();
  const texts = later.framework.commitment;
  return (
    <Document
      name="commitment"
      draftOf={(kept) => ({
        text: { ...UNSAID, ...kept?.text },
        signer: kept?.signer ?? '',
        position: { ...UNSAID, ...kept?.position },
        review_on: kept?.review_on ?? '',
      })}
      contentOf={(draft) => draft}
      shown={({ text, signer, position }) => (
        <>
          <p class="letter kept-lines">{text[language]}</p>
          <p class="letter">
            {signer}
            <br />
            {position[language]}
          </p>
        </>
      )}
    >
      {(draft, set) => (
        <>
          <SpokenTexts pointer="/content/text" label={texts.text} hint={texts.textHint} value={draft.text} onValue={(text) => set({ text })} rows={8} />
          <Text pointer="/content/signer" label={texts.signer} value={draft.signer} onValue={(signer) => set({ signer })} />
          <SpokenTexts pointer="/content/position" label={texts.position} value={draft.position} onValue={(position) => set({ position })} />
          <Text pointer="/content/review_on" label={later.documents.reviewOn} type="date" value={draft.review_on} onValue={(review_on) => set({ review_on })} />
        </>
      )}
    </Document>
  );
}
