/** Objectivity and confidentiality: who is complained about, who has a tie, who may know of it, who acts for whom. */
import { serverNow, useDesk } from '../desk';
import { Radios, Select, Text } from '../parts/fields';
import { useKept } from '../parts/kept';
import { useTyped } from '../parts/typed';
import type { Medium } from '../shapes';
import { Frame, PeopleTicks, textForm, useMedium, type FormProps } from './frame';

export function NameStaff(props: FormProps) {
  const { words, me } = useDesk();
  const [staff, setStaff] = useKept<string[]>('staff', []);
  const { field, sent } = useTyped({ words: '' });
  const named = new Set(props.complaint.complained_about.map(({ id }) => id));
  return (
    <Frame {...props} body={{ ...sent, staff }} missing={staff.length ? [] : [{ pointer: '/staff', code: 'choice_required' }]}>
      <PeopleTicks
        pointer="/staff"
        label={words.form.staff}
        hint={words.form.staffHint}
        value={staff}
        onValue={setStaff}
        without={(sub) => sub === me.id || named.has(sub)}
      />
      <Text {...field('words')} label={words.form.why} rows={2} optional />
    </Frame>
  );
}

export function HearStaff(props: FormProps) {
  const { words, format } = useDesk();
  const open = props.complaint.complained_about.filter(({ heard }) => !heard);
  const { field, sent, missing, unchosen } = useTyped({ who: open.length === 1 ? (open[0]?.id ?? '') : '', told_on: format.isoDay(serverNow()), answer: '' });
  return (
    <Frame {...props} body={sent} missing={[...unchosen('who'), ...missing('told_on')]}>
      <Select {...field('who')} label={words.form.hearWho} choices={open.map(({ id, name }) => [id, name ?? words.complaint.formerStaff] as const)} />
      <Text {...field('told_on')} label={words.form.toldOn} type="date" />
      <Text {...field('answer')} label={words.form.hearAnswer} hint={words.form.hearAnswerHint} rows={5} optional />
    </Frame>
  );
}

export const DeclareConflict = textForm('conflictWords', 'conflictHint');

export function Restrict(props: FormProps) {
  const { words, me } = useDesk();
  const { complaint } = props;
  const { values, field, sent, missing, unchosen } = useTyped({ confidential: '', words: '' });
  const [members, setMembers] = useKept('members', () => complaint.members.map(({ id }) => id));
  const confidential = values.confidential === 'confidential';
  const out = new Set([me.id, complaint.owner_id, ...complaint.complained_about.map(({ id }) => id)]);
  return (
    <Frame
      {...props}
      body={{ ...sent, confidential, members: confidential ? members.filter((sub) => !out.has(sub)) : [] }}
      missing={[...unchosen('confidential'), ...missing('words')]}
    >
      <Radios
        {...field('confidential')}
        label={words.form.access}
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
      <Text {...field('words')} label={words.form.why} rows={3} />
    </Frame>
  );
}

export function CheckAuthority(props: FormProps) {
  const { words } = useDesk();
  const { values, field, sent, missing, unchosen } = useTyped({ granted: '', words: '' });
  return (
    <Frame {...props} body={{ ...sent, granted: values.granted === 'yes' }} missing={[...unchosen('granted'), ...missing('words')]}>
      <Radios
        {...field('granted')}
        label={words.form.granted}
        choices={[
          ['yes', words.form.grantedYes],
          ['no', words.form.grantedNo],
        ]}
        row
      />
      <Text {...field('words')} label={words.form.grantedWords} rows={3} />
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
  const { values, field, sent, missing, unchosen } = useTyped({
    to: typeof body === 'string' ? body : '',
    words: '',
    basis: body ? 'law' : '',
    consented_on: '',
    provision: '',
  });
  const consent = useMedium(MEDIA, words.form.consentedBy);
  const consented = values.basis === 'consent';
  const law = values.basis === 'law';
  return (
    <Frame
      {...props}
      body={{
        ...sent,
        medium: consented ? consent.medium : null,
        consented_on: consented ? sent.consented_on : null,
        provision: law ? sent.provision : null,
      }}
      missing={[
        ...missing('to', 'words'),
        ...unchosen('basis'),
        ...(consented ? [...consent.missing, ...missing('consented_on')] : []),
        ...(law ? missing('provision') : []),
      ]}
    >
      <Text {...field('to')} label={words.form.discloseTo} wide />
      <Text {...field('words')} label={words.form.discloseWhat} hint={words.form.discloseHint} rows={3} />
      <Radios {...field('basis')} label={words.form.basis} choices={(['consent', 'law'] as const).map((one) => [one, words.form.bases[one]] as const)} row />
      {consented && (
        <div class="revealed">
          {consent.field}
          <Text {...field('consented_on')} label={words.form.consentedOn} type="date" />
        </div>
      )}
      {law && (
        <div class="revealed">
          <Text {...field('provision')} label={words.form.provision} hint={words.form.provisionHint} wide />
        </div>
      )}
    </Frame>
  );
}

export function WithdrawConsent(props: FormProps) {
  const { words, format } = useDesk();
  const medium = useMedium(MEDIA);
  const { field, sent, missing } = useTyped({ on: format.isoDay(serverNow()), words: '' });
  return (
    <Frame {...props} body={{ ...sent, medium: medium.medium }} missing={[...medium.missing, ...missing('on')]}>
      {medium.field}
      <Text {...field('on')} label={words.form.withdrawnOn} type="date" />
      <Text {...field('words')} label={words.form.disputeWords} rows={2} optional />
    </Frame>
  );
}
