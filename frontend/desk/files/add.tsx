/** Adding files to a complaint: a place is asked for, the file goes straight to the store, the server reads what it is. */
import { useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { useDesk } from '../desk';
import { problemOf } from '../parts/attempt';
import { idOf, Tick } from '../parts/fields';
import { Icon } from '../parts/icons';
import type { Complaint } from '../shapes';

type Step = 'sending' | 'checking' | 'added' | 'refused' | 'infected' | 'broken' | 'empty' | 'tooBig' | 'wrongType' | 'tooMany';

/** The server's codes for what it does not take. */
const REFUSALS: Record<string, Step> = { file_type: 'wrongType', file_size: 'tooBig', file_count: 'tooMany' };

interface Sent {
  id: string;
  file: File;
  step: Step;
}

export function AddFiles({ reference, onAdded }: { reference: string; onAdded: (complaint: Complaint) => void }) {
  const { words, me, lost } = useDesk();
  const texts = words.adding;
  const [shown, setShown] = useState(false);
  const [sent, setSent] = useState<Sent[]>([]);
  const picker = useRef<HTMLInputElement>(null);

  const put = (one: Sent) => setSent((were) => (were.some(({ id }) => id === one.id) ? were.map((was) => (was.id === one.id ? one : was)) : [...were, one]));

  /** The id stays through every attempt, so that a file sent again is the same one. */
  const send = async (id: string, file: File) => {
    const at = (step: Step) => put({ id, file, step });
    if (!file.size) return at('empty');
    if (file.size > me.largest_file) return at('tooBig');
    at('sending');
    try {
      // Some systems do not know what kind of file a telephone's photo is.
      const type = file.type || (/\.heic$/i.test(file.name) ? 'image/heic' : 'application/octet-stream');
      const slot = await api.addFile(reference, { id, name: file.name, size: file.size, type, internal: !shown });
      await api.sendFile(slot, file);
      at('checking');
      const complaint = await api.fileSent(reference, id);
      const state = complaint.files.find((one) => one.id === id)?.state;
      at(state === 'refused' || state === 'infected' ? state : 'added');
      onAdded(complaint);
    } catch (error) {
      if (lost(error)) return;
      at(REFUSALS[problemOf(error).body.errors?.[0]?.code ?? ''] ?? 'broken');
    }
  };

  const choose = async () => {
    const files = [...(picker.current?.files ?? [])];
    if (picker.current) picker.current.value = ''; // choosing again adds, also the same file
    for (const file of files) await send(crypto.randomUUID(), file);
  };

  return (
    <section class="adding" aria-labelledby="adding-title">
      <h2 id="adding-title">{texts.label}</h2>
      <p class="hint" id="adding-hint">
        {texts.hint(Math.floor(me.largest_file / 1_000_000))}
      </p>
      <Tick pointer="/shown" label={texts.shown} value={shown} onValue={setShown} />
      <p class="picker">
        <input ref={picker} id={idOf('/files')} type="file" multiple aria-describedby="adding-hint" onChange={() => void choose()} />
        <label class="button" for={idOf('/files')}>
          <Icon name="file" /> {texts.choose}
        </label>
      </p>
      <div role="status">
        <ul class="files">
          {sent.map(({ id, file, step }) => (
            <li key={id}>
              <Icon name="file" />
              <div>
                <bdi>{file.name}</bdi> <span class={step === 'added' ? 'small ok' : 'small'}>· {texts[step]}</span>{' '}
                {step === 'broken' && (
                  <button type="button" class="minor" aria-label={`${texts.again}: ${file.name}`} onClick={() => void send(id, file)}>
                    {texts.again}
                  </button>
                )}
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
