/** On wide screens a complaint is read beside its queue. Nothing can be changed here; the complaint itself is one step away. */
import { useEffect, useState } from 'preact/hooks';
import { api, Problem } from '../api';
import { complainantName, Facts } from '../complaint/facts';
import { NextTitle } from '../complaint/next';
import { Points } from '../complaint/points';
import { Promises } from '../complaint/promises';
import { useDesk } from '../desk';
import { said } from '../parts/fields';
import { Priority, Reference, StateLabel } from '../parts/labels';
import { Loading } from '../parts/page';
import { complaintAddress } from '../route';
import type { Complaint } from '../shapes';
import { WIDE } from './page';

export function ReadingPane({ reference }: { reference: string | null }) {
  const { words, format, lost } = useDesk();
  const [found, setFound] = useState<Complaint | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    setFound(null);
    setProblem(null);
    // On a narrower screen the pane is not shown, and what is not shown is not read.
    if (!reference || !matchMedia(WIDE).matches) return;
    let wanted = true;
    api.complaint(reference).then(
      (complaint) => wanted && setFound(complaint),
      (error: unknown) => {
        if (wanted && !lost(error)) setProblem(error instanceof Problem ? error : new Problem(0, {}));
      },
    );
    return () => {
      wanted = false;
    };
  }, [reference, lost]);

  return (
    <section class="pane" aria-label={words.queues.paneLabel}>
      {problem ? (
        <p>{said(problem, words)}</p>
      ) : !reference ? (
        <p class="quiet">{words.queues.paneEmpty}</p>
      ) : !found ? (
        <Loading words={words.complaint.loading} />
      ) : (
        <>
          <p class="above-title">
            <Reference of={found.reference} /> <StateLabel of={found} /> {found.priority && <Priority of={found.priority} />}
          </p>
          <h2 class="letter title">{found.subject ?? words.erased}</h2>
          <p class="small">
            {words.complaint.received(complainantName(found, words), format.moment(found.received_at), words.channels[found.channel])}
          </p>
          <div class="next">
            <NextTitle complaint={found} />
            <p class="buttons">
              <a class="button filled" href={complaintAddress(found.reference)}>
                {words.queues.paneOpen}
              </a>
            </p>
          </div>
          <h3>{words.complaint.promises}</h3>
          <Promises complaint={found} />
          <h3>{words.complaint.text}</h3>
          <div class="wrote" lang={found.language}>
            {found.account.what_happened}
          </div>
          <h3>{words.complaint.points}</h3>
          <Points complaint={found} />
          <Facts complaint={found} />
        </>
      )}
    </section>
  );
}
