/** Who has how much to do, what falls due next, and what to do about it: hand over, and say who is away. */
import { api } from '../api';
import { hear, useDesk, useLaterWords } from '../desk';
import { capital } from '../parts/fields';
import { Failed, Heading, Loading } from '../parts/page';
import { useReading } from '../parts/reading';
import { queueAddress } from '../route';
import { mayHandOver, type Workload } from '../shapes';
import { Absences } from './absences';
import { Forecast } from './forecast';
import { HandOver } from './handover';
import { People } from './people';

const read = async () => {
  const [load, absences, staff] = await Promise.all([api.workload(), api.absences(), api.staff()]);
  hear(load.now);
  return { load, absences, staff };
};

export function WorkloadPage() {
  const { words, me, language } = useDesk();
  const texts = useLaterWords().workload;
  const { found, setFound, problem, again } = useReading(read);
  if (problem) return <Failed problem={problem} onAgain={again} />;
  if (!found) return <Loading words={texts.loading} />;
  const { load, absences, staff } = found;
  return (
    <div class="workload">
      <div class="queue-head">
        <Heading title={words.titles.workload} arrived="workload" />
        <p class="small">{capital(words.opens(load.open), language)}</p>
      </div>
      <Unassigned load={load} />
      <People load={load} />
      <Forecast load={load} />
      {mayHandOver(me) && <HandOver load={load} staff={staff} onMoved={again} />}
      <Absences
        absences={absences}
        staff={staff}
        onChanged={(absences) => {
          setFound({ ...found, absences });
          again();
        }}
      />
    </div>
  );
}

/** Complaints without an owner: quiet while they are fresh, an alarm as soon as nobody has taken one up in time. */
function Unassigned({ load: { unassigned } }: { load: Workload }) {
  const { words, format } = useDesk();
  const texts = useLaterWords().workload;
  const { open, late, overdue_to_take_up: waiting, oldest_received_at: oldest } = unassigned;
  if (!open) return <p class="unassigned">{texts.unassignedNone}</p>;
  return (
    <div class={late || waiting ? 'notice late' : 'notice soon'}>
      <p>
        <strong>{texts.unassigned(open)}</strong> {waiting > 0 && `${texts.waiting(waiting)} `}
        {late > 0 && `${texts.lateOnes(late)} `}
        {oldest && `${texts.oldest(format.date(oldest))} `}
        <a href={queueAddress('open')}>{words.queues.names.open}</a>
      </p>
    </div>
  );
}
