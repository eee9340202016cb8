/** The files of a complaint, as far as they can be had. */
import { useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { useDesk } from '../desk';
import { said } from '../parts/fields';
import { Icon } from '../parts/icons';
import type { Complaint, FileItem } from '../shapes';

export const Files = ({ complaint }: { complaint: Complaint }) => (
  <ul class="files">
    {complaint.files.map((file) => (
      <File key={file.id} file={file} reference={complaint.reference} />
    ))}
  </ul>
);

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
