/** Setting up, step by step on the line, in the order of the standard. What is there ticks a step; nobody does. */
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { Icon } from '../parts/icons';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { registerAddress, RULES, setupAddress } from '../route';
import type { Condition, SetupStep, StepName } from '../shapes';

const read = () => api.setup();

/** Where each condition is met; who has which role is settled by the installation. */
const PLACES: Record<Condition, string | null> = {
  rules_settled: RULES,
  hours_told: registerAddress('contact'),
  address_told: registerAddress('contact'),
  representative: null,
  two_handlers: null,
  approver: null,
  reviewer: null,
  on_call: RULES,
  posts_filled: registerAddress('resources'),
  everybody_trained: registerAddress('resources'),
  commitment_signed: registerAddress('commitment'),
  policy_approved: registerAddress('policy'),
  commitment_read: registerAddress('commitment'),
  policy_read: registerAddress('policy'),
  words_copied: RULES,
  objective_set: registerAddress('objectives'),
  complaint_closed: null,
};

const met = ({ conditions }: SetupStep): number => conditions.filter((one) => one.met).length;

export function SetupPage({ step }: { step: string | null }) {
  const { words } = useDesk();
  const texts = useLaterWords().setup;
  const { found, problem, again } = useReading(read);
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={words.page.loading} />;
  // Without one that was chosen, the first that lacks something.
  const shown = found.find((one) => one.step === step) ?? found.find((one) => !one.done && one.conditions.length > 0) ?? found[0];
  if (!shown) return null;
  return (
    <div class="setup">
      <header>
        <Heading title={texts.title} arrived={`setup ${step}`} />
        <p class="small">{texts.lead}</p>
      </header>
      <nav aria-label={texts.steps}>
        <ol>
          {found.map((one, index) => (
            <li key={one.step} class={one.done ? 'done' : one === shown ? 'now' : ''}>
              <a href={setupAddress(one.step)} aria-current={one === shown ? 'step' : undefined}>
                {index + 1}. {texts.names[one.step]}
              </a>
              <span class="small">{one.conditions.length === 0 ? texts.outside : one.done ? texts.done : texts.met(met(one), one.conditions.length)}</span>
            </li>
          ))}
        </ol>
      </nav>
      <section aria-labelledby="step">
        <p class="small">
          <strong>{texts.step(found.indexOf(shown) + 1, found.length)}</strong>
        </p>
        <h2 id="step" class="letter">
          {texts.names[shown.step]}
        </h2>
        <p>{texts.leads[shown.step as StepName]}</p>
        {shown.conditions.length > 0 && (
          <>
            <h3>{texts.when}</h3>
            <ul class="rows">
              {shown.conditions.map(({ condition, met }) => (
                <li key={condition}>
                  <p class={met ? '' : 'soon'}>
                    <Icon name={met ? 'kept' : 'soon'} /> {met ? texts.conditions[condition] : <strong>{texts.conditions[condition]}</strong>}{' '}
                    <span class={met ? 'hidden' : 'small'}>{met ? texts.isMet : texts.isOpen}</span>
                  </p>
                  {!met && (
                    <p class="small">{PLACES[condition] ? <a href={PLACES[condition] ?? ''}>{texts.go}</a> : texts.elsewhere[condition as keyof typeof texts.elsewhere]}</p>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}
