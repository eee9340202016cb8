/** The last question before a letter leaves. The browser's own dialog keeps focus in, and gives it back. */
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../desk';
import type { Complaint, Letter } from '../shapes';

interface Props {
  complaint: Complaint;
  letter: Letter;
  onSend: () => void;
  onKeep: () => void;
}

export function ConfirmLetter({ complaint, letter, onSend, onKeep }: Props) {
  const { words } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing, not merely leaving the page, is what gives the focus back to where it came from.
    return () => shown?.close();
  }, []);
  const { name, email } = complaint.complainant;
  return (
    <dialog
      ref={dialog}
      aria-labelledby="confirm-title"
      onCancel={(event) => {
        event.preventDefault();
        onKeep();
      }}
    >
      <h2 id="confirm-title">{words.confirm.titles[letter]}</h2>
      <p>{email ? words.confirm.to(name, email) : words.confirm.toNobody(name)}</p>
      <p>{words.confirm.now}</p>
      <div class="buttons">
        <button type="button" class="filled" onClick={onSend}>
          {words.confirm.send[letter]}
        </button>
        <button type="button" onClick={onKeep}>
          {words.form.keepEditing}
        </button>
      </div>
    </dialog>
  );
}
