/** Everything that the organisation settles, with who changed it last, and when; then every change of all. */
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { AUTHORITY, registerAddress, RULES, SETUP } from '../route';
import { REGISTERS, type Change, type Setting } from '../shapes';
import type { LaterWords } from '../words/later/en';

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
  const later = useLaterWords();
  const texts = later.settings;
  const { found, problem, again } = useReading(read);
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={words.page.loading} />;
  const last = new Map(found.settings.map((one) => [one.of, one]));
  return (
    <div class="laid-down settings">
      <Heading title={words.titles.settings} arrived="settings" />
      <p>{texts.lead}</p>
      <p class="buttons">
        <a class="button" href={SETUP}>
          {later.setup.title}
        </a>
      </p>
      <ul class="rows">
        <Line address={RULES} title={words.titles.rules} lead={texts.rulesLead} last={last.get('rules')} />
        {REGISTERS.map((name) => (
          <Line key={name} address={registerAddress(name)} title={words.titles[name]} lead={later.framework[name].lead} last={last.get(name)} />
        ))}
        <li>
          <p>
            <a href={AUTHORITY}>
              <strong>{later.authority.title}</strong>
            </a>
            <br />
            <span class="small">{later.authority.lead}</span>
          </p>
        </li>
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
      <h2>{texts.history}</h2>
      {found.history.length ? <History changes={found.history} /> : <p class="quiet">{texts.historyNone}</p>}
    </div>
  );
}

function Line({ address, title, lead, last }: { address: string; title: string; lead: string; last: Setting | undefined }) {
  const { words, format } = useDesk();
  const texts = useLaterWords().settings;
  return (
    <li>
      <p>
        <a href={address}>
          <strong>{title}</strong>
        </a>
        <br />
        <span class="small">{lead}</span>
      </p>
      <p class="small">{last?.at ? texts.last(format.moment(last.at), last.by_name ?? words.complaint.formerStaff) : texts.never}</p>
    </li>
  );
}

/** What a register is called, and what was done to it. */
function nameOf(of: string, titles: Record<string, string>, texts: LaterWords['settings']): string {
  if (of === 'staff') return texts.staff;
  const name = of.replace('-in-force', '');
  const title = titles[name] ?? name;
  return name === of ? title : texts.approved(title);
}

function History({ changes }: { changes: readonly Change[] }) {
  const { words, format } = useDesk();
  const later = useLaterWords();
  const texts = later.settings;
  return (
    <table class="grid looks">
      <caption class="hidden">{texts.history}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.when}</th>
          <th scope="col">{texts.what}</th>
          <th scope="col">{texts.who}</th>
          <th scope="col">{texts.why}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ of, version, at, by_name, reason, member, roles }) => (
          <tr key={`${of} ${version}`}>
            <td>{at && format.moment(at)}</td>
            <td>
              {nameOf(of, words.titles, texts)} <span class="small">{later.versions.versionShort(version)}</span>
            </td>
            <td>{member ? texts.installer : (by_name ?? words.complaint.formerStaff)}</td>
            <td>{member ? `${member}: ${roles.map((role) => words.roles[role as keyof typeof words.roles]).join(', ')}` : reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
