/** A question that is answered before anything else. The browser's own dialog keeps the focus in, and gives it back. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useDesk } from '../desk';

interface Props {
  title: string;
  act: string;
  /** What the other button says; without it, that one goes on with what was begun. */
  keep?: string;
  onAct: () => void;
  onKeep: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, act, keep, onAct, onKeep, children }: Props) {
  const { words } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId(); // one dialog can come over another
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing, not merely leaving the page, is what gives the focus back to where it came from.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onKeep();
      }}
    >
      <h2 id={heading}>{title}</h2>
      {children}
      <div class="buttons">
        <button type="button" class="filled" onClick={onAct}>
          {act}
        </button>
        <button type="button" onClick={onKeep}>
          {keep ?? words.form.keepEditing}
        </button>
      </div>
    </dialog>
  );
}
