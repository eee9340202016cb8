/** Everybody's open complaints against the ceiling, which is an upright like a promise. */
import { useDesk, useLaterWords } from '../desk';
import { Bar } from '../parts/clock';
import type { Worker, Workload } from '../shapes';

// The roles repeat what the elements are, because a table laid out as blocks on a narrow screen loses them in some browsers.
export function People({ load }: { load: Workload }) {
  const texts = useLaterWords().workload;
  return (
    <section>
      <h2>{texts.people}</h2>
      <p class="small key">{texts.peopleKey(load.ceiling)}</p>
      <table class="grid people" role="table">
        <caption class="hidden">{texts.people}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {texts.person}
            </th>
            <th scope="col" role="columnheader" class="due-head">
              {texts.open}
              <span class="promise-head" aria-hidden="true">
                {texts.ceiling}
              </span>
            </th>
            <th scope="col" role="columnheader" class="number">
              {texts.late}
            </th>
            <th scope="col" role="columnheader" class="number">
              {texts.urgent}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {load.people.map((person) => (
            <Person key={person.id} person={person} ceiling={load.ceiling} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Person({ person, ceiling }: { person: Worker; ceiling: number }) {
  const { words, format } = useDesk();
  const texts = useLaterWords().workload;
  const { away, open, late, urgent } = person;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <strong>{person.name}</strong>
        <p class="small">{person.roles.map((role) => words.roles[role]).join(', ')}</p>
        {away && (
          <p class="small wait">
            {words.awayUntil(format.date(away.until))}
            {away.deputy_name && `, ${texts.deputyIs(away.deputy_name)}`}
          </p>
        )}
      </th>
      <td role="cell" class="due-cell">
        <div class="deadline full">
          <Bar share={person.ceiling_share} over={open > ceiling} />
          <p>
            <strong>{open}</strong> / {ceiling}
            {open >= ceiling && <span class="small"> {open > ceiling ? texts.above : texts.at}</span>}
          </p>
        </div>
      </td>
      <td role="cell" class={late ? 'number late' : 'number quiet'}>
        <span class="label">{texts.late} </span>
        {late}
      </td>
      <td role="cell" class={urgent ? 'number urgent' : 'number quiet'}>
        <span class="label">{texts.urgent} </span>
        {urgent}
      </td>
    </tr>
  );
}
