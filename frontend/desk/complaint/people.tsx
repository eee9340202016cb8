/** Objectivity and confidentiality: who is complained about, who has a tie, who may know of it, who acts for whom. */
import { useState } from 'preact/hooks';
import { serverNow, useDesk } from '../desk';
import { isMissing } from '../parts/attempt';
import { Radios, Select, Text } from '../parts/fields';
import type { Medium } from '../shapes';
import { Frame, orNull, PeopleTicks, textForm, useMedium, type FormProps } from './frame';

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

// Consent can also stand in a message from the tracking page.
const MEDIA: readonly Medium[] = ['phone', 'letter', 'counter', 'email', 'sms', 'tracking_page'];

/** What an outside body asks for it gets under the law; anybody else, mostly because the complainant wants it. */
export function Disclose(props: FormProps) {
  const { words } = useDesk();
  const { state, timeline } = props.complaint;
  const body = state === 'external' ? timeline.find(({ type }) => type === 'ExternalOpened')?.facts.body : undefined;
  const [to, setTo] = useState(typeof body === 'string' ? body : '');
  const [text, setText] = useState('');
  const [basis, setBasis] = useState<'consent' | 'law' | ''>(body ? 'law' : '');
  const [day, setDay] = useState('');
  const [provision, setProvision] = useState('');
  const consent = useMedium(MEDIA, words.form.consentedBy);
  return (
    <Frame
      {...props}
      body={{
        to,
        words: text,
        basis,
        medium: basis === 'consent' ? consent.medium : null,
        consented_on: basis === 'consent' ? day : null,
        provision: basis === 'law' ? provision : null,
      }}
      missing={[
        ...isMissing('/to', to),
        ...isMissing('/words', text),
        ...isMissing('/basis', basis, 'choice_required'),
        ...(basis === 'consent' ? [...consent.missing, ...isMissing('/consented_on', day)] : []),
        ...(basis === 'law' ? isMissing('/provision', provision) : []),
      ]}
    >
      <Text pointer="/to" label={words.form.discloseTo} value={to} onValue={setTo} wide />
      <Text pointer="/words" label={words.form.discloseWhat} hint={words.form.discloseHint} value={text} onValue={setText} rows={3} />
      <Radios
        pointer="/basis"
        label={words.form.basis}
        value={basis}
        onValue={setBasis}
        choices={(['consent', 'law'] as const).map((one) => [one, words.form.bases[one]] as const)}
        row
      />
      {basis === 'consent' && (
        <div class="revealed">
          {consent.field}
          <Text pointer="/consented_on" label={words.form.consentedOn} type="date" value={day} onValue={setDay} />
        </div>
      )}
      {basis === 'law' && (
        <div class="revealed">
          <Text pointer="/provision" label={words.form.provision} hint={words.form.provisionHint} value={provision} onValue={setProvision} wide />
        </div>
      )}
    </Frame>
  );
}

export function WithdrawConsent(props: FormProps) {
  const { words, format } = useDesk();
  const medium = useMedium(MEDIA);
  const [day, setDay] = useState(() => format.isoDay(serverNow()));
  const [text, setText] = useState('');
  return (
    <Frame {...props} body={{ medium: medium.medium, on: day, words: orNull(text) }} missing={[...medium.missing, ...isMissing('/on', day)]}>
      {medium.field}
      <Text pointer="/on" label={words.form.withdrawnOn} type="date" value={day} onValue={setDay} />
      <Text pointer="/words" label={words.form.disputeWords} value={text} onValue={setText} rows={2} optional />
    </Frame>
  );
}
