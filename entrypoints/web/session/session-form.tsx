import { Button, Group, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Problem } from '../api/problem';
import { consultantsQuery, providersQuery } from '../api/queries';
import { useDeparture } from '../connecting/use-departure';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useMe } from '../signing-in/signed-in';
import { timeText } from '../words/dates';
import { useWords } from '../words/use-words';
import { ClientPicker } from './client-picker';
import { Conflict } from './conflict';
import { ConnectionNeeded } from './connection-needed';
import { ConsultantChoice } from './consultant-choice';
import { focusFirstWrong } from './first-wrong';
import { differing, leavesMeetingBehind, needsFreshLink } from './form';
import { LeavesMeetingBehind } from './left-behind';
import { MeetingPanel, useMeetingWords } from './meeting';
import { MoreActions } from './more-actions';
import { Arrived, NotKept, Unfinished } from './notices';
import type { Opened } from './open-session';
import type { Opening } from './opening';
import { ProviderChoice } from './provider-choice';
import { Cancelled } from './restore';
import { SavedActions, whereItLies } from './saved-actions';
import { type Saved, useSaving } from './saving';
import classes from './session.module.css';
import { SlotTaken } from './slot-taken';
import { isConnected } from './standing';
import { lengthOf, movedTo, viewersZone } from './times';
import { useDraft } from './use-draft';
import { forgetDraft } from './use-drafts';
import { useForm } from './use-form';
import { endsBeforeStart } from './warnings';
import { When } from './when';

interface Filling {
  opening: Opening;
  connected: Opened['connected'];
  /** `then` is what the page shows afterwards. */
  onClose: (then?: Record<string, string>) => void;
  /** What closing the drawer does first; false when it must not close. */
  leave: RefObject<() => Promise<boolean>>;
}

const KEPT = { server: 'form.kept_at', here: 'form.kept_here' } as const;
const SHOWN_ELSEWHERE = ['slot_taken', 'changed_meanwhile'];

export default function SessionForm({ opening, connected, onClose, leave }: Filling) {
  const { t, server, locale } = useWords();
  const me = useMe();
  const [path] = useLocation();
  const depart = useDeparture();
  const meetingWords = useMeetingWords();
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const { data: providers = [] } = useQuery(providersQuery);
  const { stored, base, etag, form, dirty, theirs, set, takeField, discard, lookAgain } = useForm(opening);
  const draft = useDraft(opening.draftId, stored?.session.id ?? null, base, form, dirty);
  const [refused, setRefused] = useState(false); // saving, for the clients
  const [typedClient, setTypedClient] = useState('');
  const [notKept, setNotKept] = useState(false);
  const [unread, setUnread] = useState(0);
  const [round, setRound] = useState(0); // of filling in: discarding begins another
  const element = useRef<HTMLFormElement>(null);

  const consultant = consultants.find((one) => one.id === form.consultantId);
  const own = form.consultantId === me.id;
  const label = providers.find((one) => one.provider === form.provider)?.label ?? '';
  const ended = stored?.session.status === 'cancelled';
  const unconnected = consultant !== undefined && form.provider !== null && !isConnected(consultant, form.provider);
  const needsConnection = unconnected && needsFreshLink(stored ? base : null, form);
  const blocked = !own && needsConnection;
  const leaving = stored ? leavesMeetingBehind(stored.session, base, form) : null;
  const storedLabel = providers.find((one) => one.provider === stored?.session.provider)?.label ?? '';

  const closed = () => {
    void draft.forget();
    onClose();
  };
  const saving = useSaving(opening, draft.forget, (saved) => {
    const zone = me.practice.zone;
    const { standing } = meetingWords(saved.session);
    tell(savedText(saved), {
      action: <SavedActions session={saved.session} zone={zone} />,
      trouble: standing === 'failed',
      notice: saved.session.online && standing !== 'ready',
    });
    void draft.forget();
    onClose(path === '/' ? whereItLies(saved.session, zone) : {});
  });
  const problem = saving.error instanceof Problem ? saving.error : null;
  const stale = problem?.code === 'changed_meanwhile';
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is looked after once
  useEffect(() => {
    if (stale) lookAgain();
  }, [stale]);

  useEffect(() => {
    leave.current = async () => {
      const stopped = saving.stop();
      if (!dirty || saving.isSuccess) return true;
      const kept = await draft.keep();
      setNotKept(!kept);
      const text = stopped ? `${t('form.stopped')} ${t('form.kept')}` : t('form.kept');
      if (kept) tell(text, { action: <Discard account={me.id} draftId={opening.draftId} />, notice: stopped });
      return kept;
    };
    return () => {
      leave.current = async () => true;
    };
  });

  function savedText({ session }: Saved): string {
    const meeting = meetingWords(session);
    const done = t(stored ? 'form.saved' : 'form.booked');
    if (!session.online) return done;
    if (meeting.standing === 'ready') return `${done} ${t('form.link_ready', { label: meeting.label })}`;
    return `${done} ${meeting.state}. ${meeting.text}`;
  }

  function ruleOf(...names: string[]): string | undefined {
    const wrong = problem?.fields.find((one) => names.includes(one.field));
    return wrong && server(wrong.rule);
  }

  function save() {
    const clientsWrong = !form.clients.length || typedClient !== '';
    const wrong = clientsWrong || unread > 0 || endsBeforeStart(form.slot);
    setRefused(clientsWrong);
    if (wrong) focusFirstWrong(element);
    else if (!blocked) saving.mutate({ form, base, etag });
  }

  return (
    <form
      ref={element}
      aria-label={stored ? t('form.edit_title') : t('form.new_title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack className={classes.form}>
        {connected && <Arrived connected={connected} />}
        {opening.keptAt && !connected && dirty && (
          <Unfinished
            keptAt={opening.keptAt}
            onDiscard={() => {
              discard();
              setRound(round + 1);
              setUnread(0);
              void draft.discard();
            }}
          />
        )}
        {stored && (
          <MeetingPanel
            session={stored.session}
            onReconnect={
              own
                ? () => depart(stored.session.provider ?? '', { draftId: dirty ? opening.draftId : undefined })
                : undefined
            }
          />
        )}
        {notKept && <NotKept onDiscard={closed} />}
        {ended && stored && <Cancelled session={stored.session} onRestored={closed} />}
        {theirs && <Conflict {...theirs} present={form} onTake={takeField} />}
        {problem?.code === 'slot_taken' && (
          <SlotTaken
            problem={problem}
            zone={form.slot.zone}
            onMove={(start) => set({ slot: movedTo(form.slot, start) })}
          />
        )}
        {saving.error && !SHOWN_ELSEWHERE.includes(problem?.code ?? '') && <Trouble error={saving.error} />}

        <fieldset disabled={ended} className={classes.fields}>
          <Stack>
            <ClientPicker
              chosen={form.clients}
              autoFocus={!stored && !opening.form.clients.length}
              onChange={(clients) => set({ clients })}
              onTyped={setTypedClient}
              refused={refused}
              error={refused && !form.clients.length ? t('form.no_clients') : ruleOf('client_ids')}
            />
            <ConsultantChoice
              consultants={consultants}
              value={form.consultantId}
              provider={form.online ? form.provider : null}
              label={label}
              error={ruleOf('consultant_id')}
              onChange={(consultantId) => set({ consultantId })}
            />
            <When
              key={round}
              slot={form.slot}
              practiceZone={me.practice.zone}
              onChange={(slot) => set({ slot })}
              errors={{ starts: ruleOf('starts_at'), ends: ruleOf('ends_at') }}
              onUnread={setUnread}
              warns={!stored || differing(base, form).includes('slot')}
            />
            <TextInput
              label={t('form.title')}
              placeholder={t('form.untitled')}
              value={form.title}
              maxLength={300}
              error={ruleOf('title')}
              onChange={(event) => set({ title: event.currentTarget.value })}
            />
            <Textarea
              label={t('form.notes')}
              description={t('form.notes_text')}
              autosize
              minRows={2}
              maxRows={8}
              value={form.notes}
              error={ruleOf('notes')}
              onChange={(event) => set({ notes: event.currentTarget.value })}
            />
            <Switch
              label={t('form.online')}
              description={t('form.online_text')}
              checked={form.online}
              onChange={(event) => set({ online: event.currentTarget.checked })}
            />
            {form.online && (
              <ProviderChoice
                value={form.provider}
                consultant={consultant}
                own={own}
                minutes={lengthOf(form.slot)}
                error={ruleOf('provider')}
                onChange={(provider) => set({ provider })}
              />
            )}
          </Stack>
        </fieldset>

        {blocked && form.provider && (
          <ConnectionNeeded
            consultant={consultant}
            provider={form.provider}
            label={label}
            connected={consultants.filter((one) => isConnected(one, form.provider))}
            others={providers.filter((one) => one.provider !== form.provider)}
            onAssign={(consultantId) => set({ consultantId })}
            onProvider={(provider) => set({ provider })}
            onInPerson={() => set({ online: false })}
          />
        )}

        {stored && leaving && (
          <LeavesMeetingBehind session={stored.session} label={storedLabel} replaced={leaving === 'replaced'} />
        )}

        <Group className={classes.footer} justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {draft.kept && dirty && t(KEPT[draft.kept.where], { time: timeText(draft.kept.at, viewersZone(), locale) })}
          </Text>
          <Group gap="xs" wrap="nowrap">
            {stored && <MoreActions session={stored.session} onClosed={closed} />}
            <Button type="submit" loading={saving.isPending} disabled={blocked || ended}>
              {own && needsConnection ? t('form.connect_and_save', { label }) : t('form.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

function Discard({ account, draftId }: { account: string; draftId: string }) {
  const { t } = useWords();
  return (
    <button type="button" className="quiet-link" onClick={() => void forgetDraft(account, draftId)}>
      {t('form.discard')}
    </button>
  );
}
