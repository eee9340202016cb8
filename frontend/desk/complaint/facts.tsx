/** The facts beside the work. What makes contact easier or harder stands first. */
import type { ComponentChildren } from 'preact';
import { useDesk } from '../desk';
import { capital } from '../parts/fields';
import { Reference } from '../parts/labels';
import { complaintAddress } from '../route';
import type { Assessment, Complaint } from '../shapes';
import type { Words } from '../words/en';
import { Files } from './files';
import { Routes } from './routes';

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Whose complaint it is, as far as this person may know. */
export function complainantName({ anonymous, identity_hidden, complainant }: Complaint, words: Words): string {
  if (anonymous) return words.complaint.anonymous;
  return complainant.name ?? (identity_hidden ? words.complaint.hidden : words.erased);
}

export function Facts({ complaint }: { complaint: Complaint }) {
  const { words, format, language } = useDesk();
  const { account, assessment } = complaint;
  const texts = words.complaint;
  const none = <span class="quiet">{words.notGiven}</span>;
  return (
    <div class="facts">
      <Standing complaint={complaint} />
      {(account.wish || account.wants.length > 0 || account.wish_amount) && (
        <section>
          <h3>{texts.wish}</h3>
          {account.wish && (
            <p lang={complaint.language} class="kept-lines">
              {account.wish}
            </p>
          )}
          {account.wants.length > 0 && <p>{account.wants.map((want) => words.remedies[want] ?? want).join(', ')}</p>}
          {account.wish_amount && <p>{texts.wantsAmount(format.money(account.wish_amount, account.currency))}</p>}
        </section>
      )}
      {(complaint.complainant.support_needs || account.formats.length > 0) && (
        <section>
          <h3>{texts.support}</h3>
          <div class="notice wait">
            {account.formats.length > 0 && <p>{capital(account.formats.map((one) => texts.formatNames[one]).join(', '), words.code)}</p>}
            {complaint.complainant.support_needs && (
              <p lang={complaint.language} class="kept-lines">
                {complaint.complainant.support_needs}
              </p>
            )}
          </div>
        </section>
      )}
      {account.safety_risk && (
        <section>
          <h3>{texts.safety}</h3>
          <div class="notice late">
            <p>{texts.safetyMore}</p>
          </div>
        </section>
      )}
      {account.elsewhere && (
        <section>
          <h3>{texts.elsewhere}</h3>
          <div class="notice wait">
            <p>
              {texts.elsewhereMore} {account.elsewhere_where}
            </p>
          </div>
        </section>
      )}
      <People complaint={complaint} />
      {assessment && (
        <section>
          <h3>{texts.assessment}</h3>
          <dl>
            <Fact label={words.form.severity}>{words.leveled(assessment.severity, words.severitiesShort[assessment.severity - 1] ?? '')}</Fact>
            <Fact label={words.form.safety}>{words.form.safeties[assessment.safety]}</Fact>
            <Fact label={words.form.complexity}>
              {words.leveled(assessment.complexity, words.complexitiesShort[assessment.complexity - 1] ?? '')}
            </Fact>
            <Fact label={words.form.impact}>{words.form.impacts[assessment.impact]}</Fact>
            <Fact label={words.form.actionNeeded}>{assessment.action_needed ? words.yes : words.no}</Fact>
            <Fact label={words.form.actionPossible}>{assessment.action_possible ? words.yes : words.no}</Fact>
          </dl>
          <Modifiers of={assessment} />
          <p class="small">
            {complaint.priority && words.priorityReasons[assessment.priority_reason ?? ''] && (
              <>{words.priorityBecause(words.priority(complaint.priority), words.priorityReasons[assessment.priority_reason ?? ''] ?? '')} </>
            )}
            {texts.assessedBy(assessment.by ?? texts.formerStaff, format.date(assessment.at))}
          </p>
        </section>
      )}
      <section>
        <h3>{texts.complainant}</h3>
        <Complainant complaint={complaint} />
      </section>
      <section>
        <h3>{texts.account}</h3>
        <dl>
          <Fact label={texts.about}>
            <span lang={complaint.language}>{account.about}</span>
          </Fact>
          {complaint.taken_for && <Fact label={texts.takenFor}>{complaint.taken_for[language]}</Fact>}
          <Fact label={texts.happenedOn}>
            {account.happened_on ? (account.day_unsure ? texts.aboutDay : String)(format.date(account.happened_on)) : account.day_unsure ? texts.dayUnknown : none}
          </Fact>
          <Fact label={texts.toldBefore}>{texts.told[account.told_before]}</Fact>
          {account.told_reference && (
            <Fact label={texts.toldReference}>
              <bdi>{account.told_reference}</bdi>
            </Fact>
          )}
          {account.about_handling && <Fact label={texts.aboutHandling}>{words.yes}</Fact>}
          <Fact label={texts.order}>{account.order_number ? <bdi>{account.order_number}</bdi> : none}</Fact>
          {account.value && <Fact label={texts.inDispute}>{format.money(account.value, account.currency)}</Fact>}
          {account.customer && <Fact label={texts.customer}>{texts.customers[account.customer]}</Fact>}
          {account.life_stage && <Fact label={texts.lifeStage}>{texts.lifeStages[account.life_stage]}</Fact>}
          {account.branch && <Fact label={texts.branch}>{account.branch}</Fact>}
          {account.staff_involved && <Fact label={texts.staffInvolved}>{account.staff_involved}</Fact>}
          {account.others_affected !== null && <Fact label={texts.othersAffected}>{account.others_affected}</Fact>}
          {account.outside_reference && (
            <Fact label={texts.outsideReference}>
              <bdi>{account.outside_reference}</bdi>
            </Fact>
          )}
          {account.immediate_action && <Fact label={texts.immediateAction}>{account.immediate_action}</Fact>}
          <Fact label={texts.survey}>{account.may_survey ? words.yes : words.no}</Fact>
          {(complaint.backdated || account.backdating_reason) && (
            <Fact label={texts.enteredLate}>
              {[complaint.backdated && words.backdatings[complaint.backdated], account.backdating_reason].filter(Boolean).join(': ')}
            </Fact>
          )}
          {complaint.cycle > 1 && <Fact label={texts.cycle}>{texts.cycleTimes(complaint.cycle)}</Fact>}
          {complaint.cause && <Fact label={texts.cause}>{words.causes[complaint.cause] ?? complaint.cause}</Fact>}
        </dl>
      </section>
      {complaint.routes.length > 0 && (
        <section>
          <h3>{texts.outside.title}</h3>
          <Routes complaint={complaint} />
        </section>
      )}
      <section>
        <h3>{texts.letters}</h3>
        {complaint.letters.length ? (
          <dl>
            {complaint.letters.map((letter) => (
              <Fact key={letter.id} label={[words.letters[letter.kind], letter.stage === 2 && words.flags.second_stage].filter(Boolean).join(', ')}>
                {words.letterStates[letter.state]}, {format.date(letter.at)}
              </Fact>
            ))}
          </dl>
        ) : (
          <p class="quiet">{texts.lettersNone}</p>
        )}
      </section>
      <section>
        <h3>{texts.files}</h3>
        {complaint.files.length ? (
          <Files complaint={complaint} />
        ) : (
          <p class="quiet">{texts.filesNone}</p>
        )}
      </section>
    </div>
  );
}

/** What is unusual about where the complaint stands: with whom, until when, and who may know. */
function Standing({ complaint }: { complaint: Complaint }) {
  const { words, format } = useDesk();
  const texts = words.complaint.standing;
  const until = (promise: 'reply' | 'external') => complaint.promises.find((one) => one.promise === promise && !one.kept_at)?.due_on;
  const reply = until('reply');
  const external = until('external');
  const opened = complaint.timeline.find(({ type }) => type === 'ExternalOpened');
  const facts: [string, ComponentChildren][] = [];
  if (complaint.stage === 2) facts.push([texts.stage, texts.second]);
  if (complaint.waiting_for) facts.push([texts.waitingFor, [texts[complaint.waiting_for], reply && texts.until(format.date(reply))].filter(Boolean).join(', ')]);
  if (complaint.state === 'decided' && reply && !complaint.flags.includes('disputed')) facts.push([texts.replyBy, texts.until(format.date(reply))]);
  if (complaint.state === 'external' || external) {
    const body = typeof opened?.facts.body === 'string' ? opened.facts.body : '';
    facts.push([texts.external, [body, external ? texts.externalUntil(format.date(external)) : texts.externalNow].filter(Boolean).join(', ')]);
  }
  if (complaint.anonymous) facts.push([words.flags.anonymous, texts.anonymousMore]);
  if (complaint.confidential) facts.push([texts.confidential, `${texts.confidentialMore} ${complaint.members.map(({ name }) => name ?? words.complaint.formerStaff).join(', ')}`]);
  if (complaint.legal_hold) facts.push([texts.hold, texts.holdMore]);
  if (complaint.merged_into) facts.push([texts.mergedInto, <Other reference={complaint.merged_into} />]);
  if (complaint.absorbed.length) facts.push([texts.absorbed, complaint.absorbed.map((one) => <Other key={one} reference={one} />)]);
  if (complaint.systemic) facts.push([texts.systemic, <bdi>{complaint.systemic}</bdi>]);
  if (complaint.notice) facts.push([texts.notice, texts.notices[complaint.notice]]);
  if (complaint.attempts.length) facts.push([texts.attempts, complaint.attempts.map(({ at, medium }) => `${format.date(at)} ${words.form.media[medium]}`).join(', ')]);
  if (complaint.early_until) facts.push([texts.earlyUntil, format.date(complaint.early_until)]);
  if (complaint.review_until) facts.push([texts.reviewUntil, format.date(complaint.review_until)]);
  if (complaint.undo_until) facts.push([texts.undoUntil, format.date(complaint.undo_until)]);
  if (complaint.outcome && ['decided', 'remedying', 'closed'].includes(complaint.state)) facts.push([texts.outcome, words.findings[complaint.outcome]]);
  if (!facts.length) return null;
  return (
    <section>
      <h3>{texts.title}</h3>
      <dl>
        {facts.map(([label, fact]) => (
          <Fact key={label} label={label}>
            {fact}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

const Other = ({ reference }: { reference: string }) => (
  <>
    <a href={complaintAddress(reference)}>
      <Reference of={reference} />
    </a>{' '}
  </>
);

/** Who is complained about, and who has stepped back. */
function People({ complaint }: { complaint: Complaint }) {
  const { words } = useDesk();
  const texts = words.complaint.concerned;
  const { complained_about, conflicted } = complaint;
  if (!complained_about.length && !conflicted.length) return null;
  return (
    <section>
      {complained_about.length > 0 && (
        <>
          <h3>{texts.title}</h3>
          <ul>
            {complained_about.map(({ id, name, heard }) => (
              <li key={id}>
                {name ?? words.complaint.formerStaff}, {heard ? texts.heard : <strong>{texts.notHeard}</strong>}
              </li>
            ))}
          </ul>
        </>
      )}
      {conflicted.length > 0 && (
        <p class="small">
          {texts.conflicted}: {conflicted.map(({ name }) => name ?? words.complaint.formerStaff).join(', ')}
        </p>
      )}
    </section>
  );
}

function Modifiers({ of }: { of: Assessment }) {
  const { words } = useDesk();
  const { vulnerable, repeat, compensationLikely, watched } = words.form;
  const holding = [of.vulnerable && vulnerable, of.repeat && repeat, of.compensation_likely && compensationLikely, of.watched && watched].filter(Boolean);
  return <>{holding.length > 0 && <p class="small">{holding.join(' · ')}</p>}</>;
}

/** Who complained, and who acts for them, as far as this person's role needs to know. */
function Complainant({ complaint }: { complaint: Complaint }) {
  const { words } = useDesk();
  const texts = words.complaint;
  const { complainant } = complaint;
  const agent = complainant.representative;
  const none = <span class="quiet">{words.notGiven}</span>;
  if (complaint.anonymous) return <p>{texts.anonymous}</p>;
  if (complaint.identity_hidden) return <p>{texts.hidden}</p>;
  const bidi = (text: string | null) => (text ? <bdi>{text}</bdi> : none);
  const verified = complaint.mail_verified;
  const read = verified !== null && <small class="quiet"> {verified ? texts.mailRead : texts.mailUnread}</small>;
  return (
    <>
      <dl>
        <Fact label={texts.name}>{bidi(complainant.name)}</Fact>
        {complainant.organisation && <Fact label={texts.organisation}>{complainant.organisation}</Fact>}
        <Fact label={texts.email}>
          {bidi(complainant.email)}
          {!agent && read}
        </Fact>
        <Fact label={texts.phone}>{bidi(complainant.phone)}</Fact>
        {complainant.contact_by && <Fact label={texts.contactBy}>{texts.ways[complainant.contact_by]}</Fact>}
        {complainant.call_hours && <Fact label={texts.callHours}>{complainant.call_hours}</Fact>}
        {complainant.address && (
          <Fact label={texts.address}>
            <span class="kept-lines">{complainant.address}</span>
          </Fact>
        )}
        <Fact label={texts.language}>{words.languages[complaint.language]}</Fact>
      </dl>
      {agent && (
        <>
          <h3 class="below">{texts.agent.title}</h3>
          <dl>
            <Fact label={texts.name}>
              <bdi>{agent.name}</bdi>
              {agent.capacity && `, ${agent.capacity}`}
            </Fact>
            {agent.email && (
              <Fact label={texts.email}>
                {bidi(agent.email)}
                {read}
              </Fact>
            )}
            {agent.phone && <Fact label={texts.phone}>{bidi(agent.phone)}</Fact>}
          </dl>
          <p class="small">
            {capital(complainant.contact === 'representative' ? texts.agent.weWrite : texts.agent.weWriteComplainant, words.code)}.{' '}
            {complaint.authority && <strong>{texts.agent.authorities[complaint.authority]}.</strong>}
          </p>
        </>
      )}
    </>
  );
}
