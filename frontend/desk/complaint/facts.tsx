/** The facts beside the work. What makes contact easier or harder stands first. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { useDesk } from '../desk';
import { said } from '../parts/fields';
import { Icon } from '../parts/icons';
import type { Complaint, FileItem } from '../shapes';

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Facts({ complaint }: { complaint: Complaint }) {
  const { words, format } = useDesk();
  const { account, complainant, assessment } = complaint;
  const texts = words.complaint;
  const none = <span class="quiet">{words.notGiven}</span>;
  return (
    <div class="facts">
      {account.wish && (
        <section>
          <h3>{texts.wish}</h3>
          <p lang={complaint.language} class="kept-lines">
            {account.wish}
          </p>
        </section>
      )}
      {complainant.support_needs && (
        <section>
          <h3>{texts.support}</h3>
          <div class="notice wait">
            <p lang={complaint.language} class="kept-lines">
              {complainant.support_needs}
            </p>
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
            <p>{texts.elsewhereMore}</p>
          </div>
        </section>
      )}
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
          <p class="small">
            {complaint.priority && words.priorityReasons[assessment.priority_reason] && (
              <>{words.priorityBecause(words.priority(complaint.priority), words.priorityReasons[assessment.priority_reason] ?? '')} </>
            )}
            {texts.assessedBy(assessment.by ?? texts.formerStaff, format.date(assessment.at))}
          </p>
        </section>
      )}
      <section>
        <h3>{texts.complainant}</h3>
        <dl>
          <Fact label={texts.name}>
            <bdi>{complainant.name}</bdi>
          </Fact>
          <Fact label={texts.email}>{complainant.email ? <bdi>{complainant.email}</bdi> : none}</Fact>
          <Fact label={texts.phone}>{complainant.phone ? <bdi>{complainant.phone}</bdi> : none}</Fact>
          <Fact label={texts.language}>{words.languages[complaint.language]}</Fact>
        </dl>
      </section>
      <section>
        <h3>{texts.account}</h3>
        <dl>
          <Fact label={texts.about}>
            <span lang={complaint.language}>{account.about}</span>
          </Fact>
          <Fact label={texts.happenedOn}>{account.happened_on ? format.date(account.happened_on) : none}</Fact>
          <Fact label={texts.toldBefore}>{texts.told[account.told_before]}</Fact>
          <Fact label={texts.order}>{account.order_number ? <bdi>{account.order_number}</bdi> : none}</Fact>
          {account.backdating_reason && <Fact label={texts.enteredLate}>{account.backdating_reason}</Fact>}
          {complaint.cycle > 1 && <Fact label={texts.cycle}>{texts.cycleTimes(complaint.cycle)}</Fact>}
          {complaint.cause && <Fact label={texts.cause}>{words.causes[complaint.cause] ?? complaint.cause}</Fact>}
        </dl>
      </section>
      <section>
        <h3>{texts.letters}</h3>
        {complaint.letters.length ? (
          <dl>
            {complaint.letters.map((letter) => (
              <Fact key={letter.id} label={words.letters[letter.kind]}>
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
          <ul class="files">
            {complaint.files.map((file) => (
              <File key={file.id} file={file} reference={complaint.reference} />
            ))}
          </ul>
        ) : (
          <p class="quiet">{texts.filesNone}</p>
        )}
      </section>
    </div>
  );
}

function File({ file, reference }: { file: FileItem; reference: string }) {
  const { words, format, lost } = useDesk();
  const texts = words.complaint;
  const [problem, setProblem] = useState<Problem | null>(null);
  const download = () => {
    setProblem(null);
    api.file(reference, file.id).then(
      // The answer comes as an attachment, so the desk stays where it is.
      (url) => location.assign(url),
      (error: unknown) => {
        if (!lost(error)) setProblem(error instanceof Problem ? error : new Problem(0, {}));
      },
    );
  };
  return (
    <li>
      <Icon name="file" />
      <div>
        {file.can_download ? (
          <button type="button" class="minor" onClick={download}>
            <bdi>{file.name}</bdi>
          </button>
        ) : (
          <bdi>{file.name}</bdi>
        )}{' '}
        <span class="small">
          <bdi>{format.size(file.size)}</bdi>
          {` · ${texts.fileStates[file.state]}`}
          {file.by.kind === 'complainant' && ` · ${texts.fileFromComplainant}`}
          {file.by.name && ` · ${texts.fileFrom(file.by.name)}`}
          {file.internal && ` · ${texts.fileInternal}`}
        </span>
        {file.sha256 && (
          <details class="small">
            <summary>{texts.fileHash}</summary>
            <code>{file.sha256}</code>
          </details>
        )}
        {problem && (
          <p class="message" role="alert">
            {said(problem, words)}
          </p>
        )}
      </div>
    </li>
  );
}
