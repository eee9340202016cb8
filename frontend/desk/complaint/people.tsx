/** Objectivity and confidentiality: who is complained about, who has a tie, who may know of it, who acts for whom. */
import { useState } from 'preact/hooks';
import { serverNow, useDesk } from '../desk';
import { isMissing } from '../parts/attempt';
import { Radios, Select, Text } from '../parts/fields';
import { Frame, orNull, PeopleTicks, textForm, type FormProps } from './frame';

const chosen = (pointer: string, subs: string[]) => (subs.length ? [] : [{ pointer, code: 'choice_required' }]);

export function NameStaff(props: FormProps) {
  const { words, me } = useDesk();
  const [staff, setStaff] = useState<string[]>([]);
  const [text, setText] = useState('');
  const named = new Set(props.complaint.complained_about.map(({ id }) => id));
  return (
    <Frame {...props} body={{ staff, words: orNull(text) }} missing={chosen('/staff', staff)}>
      <PeopleTicks
        pointer="/staff"
        label={words.form.staff}
        hint={words.form.staffHint}
        value={staff}
        onValue={setStaff}
        without={(sub) => sub === me.id || named.has(sub)}
      />
      <Text pointer="/words" label={words.form.why} value={text} onValue={setText} rows={2} optional />
    </Frame>
  );
}

export function HearStaff(props: FormProps) {
  const { words, format } = useDesk();
  const open = props.complaint.complained_about.filter(({ heard }) => !heard);
  const [who, setWho] = useState(open.length === 1 ? (open[0]?.id ?? '') : '');
  const [day, setDay] = useState(() => format.isoDay(serverNow()));
  const [answer, setAnswer] = useState('');
  return (
    <Frame
      {...props}
      body={{ who, told_on: day, answer: orNull(answer) }}
      missing={[...isMissing('/who', who, 'choice_required'), ...isMissing('/told_on', day)]}
    >
      <Select
        pointer="/who"
        label={words.form.hearWho}
        value={who}
        onValue={setWho}
        choices={open.map(({ id, name }) => [id, name ?? words.complaint.formerStaff] as const)}
      />
      <Text pointer="/told_on" label={words.form.toldOn} type="date" value={day} onValue={setDay} />
      <Text pointer="/answer" label={words.form.hearAnswer} hint={words.form.hearAnswerHint} value={answer} onValue={setAnswer} rows={5} optional />
    </Frame>
  );
}

export const DeclareConflict = textForm('conflictWords', 'conflictHint');

export function Restrict(props: FormProps) {
  const { words, me } = useDesk();
  const { complaint } = props;
  const [access, setAccess] = useState<'open' | 'confidential' | ''>('');
  const [members, setMembers] = useState(() => complaint.members.map(({ id }) => id));
  const [text, setText] = useState('');
  const confidential = access === 'confidential';
  const out = new Set([me.id, complaint.owner_id, ...complaint.complained_about.map(({ id }) => id)]);
  return (
    <Frame
      {...props}
      body={{ confidential, members: confidential ? members.filter((sub) => !out.has(sub)) : [], words: text }}
      missing={[...isMissing('/confidential', access, 'choice_required'), ...isMissing('/words', text)]}
    >
      <Radios
        pointer="/confidential"
        label={words.form.access}
        value={access}
        onValue={setAccess}
        choices={(['confidential', 'open'] as const).map((one) => [one, words.form.accesses[one]] as const)}
      />
      {confidential && (
        <div class="revealed">
          <PeopleTicks
            pointer="/members"
            label={words.form.members}
            hint={words.form.membersHint}
            value={members}
            onValue={setMembers}
            without={(sub) => out.has(sub)}
          />
        </div>
      )}
      <Text pointer="/words" label={words.form.why} value={text} onValue={setText} rows={3} />
    </Frame>
  );
}

export function CheckAuthority(props: FormProps) {
  const { words } = useDesk();
  const [granted, setGranted] = useState<'yes' | 'no' | ''>('');
  const [text, setText] = useState('');
  return (
    <Frame
      {...props}
      body={{ granted: granted === 'yes', words: text }}
      missing={[...isMissing('/granted', granted, 'choice_required'), ...isMissing('/words', text)]}
    >
      <Radios
        pointer="/granted"
        label={words.form.granted}
        value={granted}
        onValue={setGranted}
        choices={[
          ['yes', words.form.grantedYes],
          ['no', words.form.grantedNo],
        ]}
        row
      />
      <Text pointer="/words" label={words.form.grantedWords} value={text} onValue={setText} rows={3} />
    </Frame>
  );
}
