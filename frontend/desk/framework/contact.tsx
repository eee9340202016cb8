/** How people reach somebody who helps them: what pages and letters say. */
import { useLaterWords } from '../desk';
import { Radios, Text } from '../parts/fields';
import { saidOrNone, SpokenTexts, UNSAID } from '../parts/spoken';
import { Rows } from '../rules/rows';
import type { Content } from '../shapes';
import { Register } from './register';

type Telephone = Content<'contact'>['telephones'][number];
const BLANK: Telephone = { number: '', rate: 'standard' };
const MOST = 4;

export function Contact() {
  const texts = useLaterWords().framework.contact;
  return (
    <Register
      name="contact"
      draftOf={(kept) => ({
        telephones: kept?.telephones ?? [],
        hours: { ...UNSAID, ...kept?.hours },
        address: kept?.address ?? '',
        email: kept?.email ?? '',
      })}
      contentOf={(draft) => ({ ...draft, hours: saidOrNone(draft.hours) })}
    >
      {(draft, set) => (
        <>
          <section id="field-content-telephones" tabIndex={-1} aria-labelledby="telephones">
            <h2 id="telephones">{texts.telephones}</h2>
            <p class="small">{texts.telephonesMore}</p>
            <Rows
              items={draft.telephones}
              onItems={(telephones) => set({ telephones })}
              {...(draft.telephones.length < MOST ? { blank: BLANK, add: texts.telephoneAdd } : {})}
              name={({ number }, index) => number || texts.telephone(index + 1)}
              ordered
            >
              {(row, change, index) => (
                <div class="in-row">
                  <Text
                    pointer={`/content/telephones/${index}/number`}
                    label={texts.telephone(index + 1)}
                    type="tel"
                    value={row.number}
                    onValue={(number) => change({ ...row, number })}
                  />
                  <Radios
                    pointer={`/content/telephones/${index}/rate`}
                    label={texts.rate}
                    value={row.rate}
                    onValue={(rate) => change({ ...row, rate })}
                    choices={[
                      ['free', texts.rates.free],
                      ['standard', texts.rates.standard],
                    ]}
                    row
                  />
                </div>
              )}
            </Rows>
            <SpokenTexts pointer="/content/hours" label={texts.hours} hint={texts.hoursHint} optional value={draft.hours} onValue={(hours) => set({ hours })} />
          </section>
          <section aria-labelledby="in-writing">
            <h2 id="in-writing">{texts.inWriting}</h2>
            <Text pointer="/content/address" label={texts.address} hint={texts.addressHint} optional value={draft.address} onValue={(address) => set({ address })} rows={3} />
            <Text pointer="/content/email" label={texts.email} optional type="email" value={draft.email} onValue={(email) => set({ email })} />
          </section>
        </>
      )}
    </Register>
  );
}
