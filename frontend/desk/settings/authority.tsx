/** Who may do what, as the table of moves has it: nobody types it, so it cannot differ from what the desk allows. */
import { api } from '../api';
import { useDesk, useLaterWords } from '../desk';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { SETTINGS } from '../route';
import { CURRENCIES, type Move, type Role } from '../shapes';

const read = () => api.authority();

export function AuthorityPage() {
  const { words, format } = useDesk();
  const texts = useLaterWords().authority;
  const { found, problem, again } = useReading(read);
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={words.page.loading} />;
  const roles = Object.keys(words.roles) as Role[];
  return (
    <div class="authority">
      <p class="small">
        <a href={SETTINGS}>{words.titles.settings}</a>
      </p>
      <Heading title={texts.title} arrived="authority" />
      <p>{texts.lead}</p>
      <p class="buttons">
        <button type="button" onClick={() => print()}>
          {texts.print}
        </button>
      </p>
      <div class="scroll" role="region" aria-label={texts.moves} tabIndex={0}>
        <table class="grid matrix">
          <caption>{texts.moves}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.act}</th>
              {roles.map((role) => (
                <th scope="col" key={role}>
                  {words.roles[role]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.moves.map(({ move, roles: may }) => (
              <tr key={move}>
                <th scope="row">{words.moves[move as Move].act}</th>
                {roles.map((role) => (
                  <td key={role}>{may.includes(role) ? texts.may : <span class="quiet">–</span>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="scroll" role="region" aria-label={texts.limits} tabIndex={0}>
        <table class="grid matrix">
          <caption>{texts.limits}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.role}</th>
              {CURRENCIES.map((currency) => (
                <th scope="col" class="number" key={currency}>
                  {currency}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {roles
              .filter((role) => found.limits[role])
              .map((role) => (
                <tr key={role}>
                  <th scope="row">{words.roles[role]}</th>
                  {CURRENCIES.map((currency) => {
                    const amount = found.limits[role]?.[currency];
                    return (
                      <td class="number" key={currency}>
                        {amount ? format.money(amount, currency) : <span class="quiet">{words.none}</span>}
                      </td>
                    );
                  })}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      <p class="small">{texts.limitsMore}</p>
    </div>
  );
}
