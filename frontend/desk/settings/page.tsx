/** Everything that the organisation settles, with who changed it last, and when. */
import { api } from '../api';
import { useDesk } from '../desk';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { registerAddress, RULES } from '../route';
import { REGISTERS, type Setting } from '../shapes';

/** Written beside the public pages, and as new as they are. */
const PRINTED = [
  ['tr', 'leaflet', '/tr/brosur.pdf'],
  ['tr', 'poster', '/tr/afis.pdf'],
  ['en', 'leaflet', '/en/leaflet.pdf'],
  ['en', 'poster', '/en/poster.pdf'],
] as const;

const read = () => api.settings();

export function SettingsPage() {
  const { words } = useDesk();
  const texts = words.settings;
  const { found, problem, again } = useReading(read);
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={words.page.loading} />;
  const last = new Map(found.map((one) => [one.of, one]));
  return (
    <div class="rules-work">
      <Heading title={texts.title} arrived="settings" />
      <p>{texts.lead}</p>
      <ul class="rows">
        <Line address={RULES} title={words.rules.title} lead={texts.rulesLead} last={last.get('rules')} />
        {REGISTERS.map((name) => (
          <Line key={name} address={registerAddress(name)} title={words.framework[name].title} lead={words.framework[name].lead} last={last.get(name)} />
        ))}
      </ul>
      <h2>{texts.printed}</h2>
      <p>{texts.printedLead}</p>
      <ul>
        {PRINTED.map(([language, kind, address]) => (
          <li key={address}>
            <a href={address} download lang={language}>
              {texts[kind][language]}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ address, title, lead, last }: { address: string; title: string; lead: string; last: Setting | undefined }) {
  const { words, format } = useDesk();
  return (
    <li>
      <p>
        <a href={address}>
          <strong>{title}</strong>
        </a>
        <br />
        <span class="small">{lead}</span>
      </p>
      <p class="small last-change">
        {last?.at ? words.settings.last(format.moment(last.at), last.by_name ?? words.complaint.formerStaff) : words.settings.never}
      </p>
    </li>
  );
}
