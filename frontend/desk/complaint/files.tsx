/** The files of a complaint, as far as they can be had. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Problem } from '../api';
import { useDesk } from '../desk';
import { problemOf } from '../parts/attempt';
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
  const [picture, setPicture] = useState<string | null>(null);
  const [unshown, setUnshown] = useState(false);
  // What was looked at does not stay in the browser's memory.
  useEffect(() => () => URL.revokeObjectURL(picture ?? ''), [picture]);
  const ask = <T,>(asked: Promise<T>, then: (found: T) => void) => {
    setProblem(null);
    asked.then(then, (error: unknown) => {
      if (!lost(error)) setProblem(problemOf(error));
    });
  };
  // The answer comes as an attachment, so the desk stays where it is.
  const download = () => ask(api.file(reference, file.id), (url) => location.assign(url));
  const show = () => {
    setUnshown(false);
    if (picture) setPicture(null);
    else ask(api.picture(reference, file.id), (found) => setPicture(URL.createObjectURL(found)));
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
        {file.can_show && (
          <>
            {' · '}
            <button type="button" class="minor" aria-expanded={!!picture} aria-label={`${picture ? texts.fileClose : texts.fileShow}: ${file.name}`} onClick={show}>
              {picture ? texts.fileClose : texts.fileShow}
            </button>
          </>
        )}
        {picture &&
          (unshown ? (
            <p class="message" role="alert">
              {texts.fileUnshown}
            </p>
          ) : (
            <img src={picture} alt={file.name} onError={() => setUnshown(true)} />
          ))}
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
