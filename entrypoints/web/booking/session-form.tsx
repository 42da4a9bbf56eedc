import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useMe } from '../accounts/signed-in';
import { Problem } from '../api/problem';
import { consultantsQuery, providersQuery } from '../api/queries';
import { isGone, labelOf } from '../connection/label';
import { useDeparture } from '../connection/use-departure';
import { MeetingPanel } from '../meeting/meeting';
import { announce } from '../shell/announcer';
import { isTooLong } from '../shell/longest';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import { Conflict } from './conflict';
import { ConnectionNeeded } from './connection-needed';
import { differing, type Form, leavesMeetingBehind, needsFreshLink } from './form';
import { FormFooter } from './form-footer';
import { LeavesMeetingBehind } from './left-behind';
import { Arrived, NotKept, Unfinished } from './notices';
import type { Opened } from './open-session';
import type { Opening } from './opening';
import { ProviderGone } from './provider-gone';
import { Cancelled } from './restore';
import { takeWishToSave } from './save-on-return';
import { whereItLies } from './saved-actions';
import { useSaving } from './saving';
import classes from './session.module.css';
import { SessionFields } from './session-fields';
import { SlotTaken } from './slot-taken';
import { isConnected } from './status';
import { instantsOf, movedTo } from './times';
import { useDraft } from './use-draft';
import { useForm } from './use-form';
import { type Leave, useLeaving } from './use-leaving';
import { useTellSaved } from './use-tell-saved';
import { endsBeforeStart } from './warnings';

interface Filling {
  opening: Opening;
  connected: Opened['connected'];
  /** `then` is the address of the next page. */
  onClose: (then?: Record<string, string>) => void;
  leave: Leave;
}

const SHOWN_ELSEWHERE = ['slot_taken', 'changed_meanwhile'];

export default function SessionForm({ opening, connected, onClose, leave }: Filling) {
  const { t, locale } = useWords();
  const me = useMe();
  const [path] = useLocation();
  const depart = useDeparture();
  const tellSaved = useTellSaved();
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const { data: providers } = useQuery(providersQuery);
  const { stored, base, etag, form, dirty, theirs, open, set, decide, discard, lookAgain } = useForm(opening);
  const draft = useDraft(opening.draftId, stored?.session.id ?? null, base, form, dirty);
  const [refused, setRefused] = useState(false); // saving was refused because a field is missing
  const [typedClient, setTypedClient] = useState('');
  const [unread, setUnread] = useState(0);
  const [round, setRound] = useState(0);
  const saveButton = useRef<HTMLButtonElement>(null);

  const consultant = consultants.find((one) => one.id === form.consultantId);
  const own = form.consultantId === me.id;
  const label = form.provider ? labelOf(providers, form.provider) : '';
  const ended = stored?.session.status === 'cancelled';
  const unconnected = consultant !== undefined && form.provider !== null && !isConnected(consultant, form.provider);
  const fresh = needsFreshLink(stored ? base : null, form);
  const gone = isGone(providers, form.provider);
  const needsConnection = unconnected && fresh && !gone;
  const blocked = (!own && needsConnection) || (gone && fresh) || (form.online && form.provider === null);
  const leaving = stored ? leavesMeetingBehind(stored.session, base, form) : null;

  const closed = () => {
    void draft.forget();
    onClose();
  };
  const saving = useSaving(opening, draft.forget, (saved) => {
    tellSaved(saved, !stored);
    void draft.forget();
    onClose(path === '/' ? whereItLies(saved.session, me.practice.zone) : {});
  });
  const notKept = useLeaving(leave, { draftId: opening.draftId, dirty, draft, saving });
  const { ruleOf } = useRules(saving.error);
  const problem = saving.error instanceof Problem ? saving.error : null;
  const stale = problem?.code === 'changed_meanwhile';
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is looked after once
  useEffect(() => {
    if (stale) lookAgain();
  }, [stale]);

  /** A message about the old time or consultant does not apply to another one. */
  function change(changes: Partial<Form>) {
    set(changes);
    if (problem?.code === 'slot_taken' && (changes.slot || changes.consultantId)) saving.reset();
  }

  function move(start: string) {
    const slot = movedTo(form.slot, start);
    const { starts_at, ends_at } = instantsOf(slot);
    change({ slot });
    saveButton.current?.focus();
    announce(t('taken.moved', { when: slotText(starts_at, ends_at, slot.zone, locale) }));
  }

  function save(onReturn = false) {
    const missing = !form.clients.length || typedClient !== '' || !form.consultantId || open.length > 0;
    const long = isTooLong('title', form.title) || isTooLong('notes', form.notes);
    setRefused(missing);
    if (missing || long || unread > 0 || endsBeforeStart(form.slot) || blocked) return;
    saving.mutate({ form, base, etag, onReturn });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the form was left
  useEffect(() => {
    if (connected && opening.keptAt && takeWishToSave(opening.draftId) && !ended) save(true);
  }, []);

  return (
    <form
      aria-label={stored ? t('form.edit_title') : t('form.new_title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack className={classes.form}>
        {connected && <Arrived connected={connected} saving={saving.isPending || saving.isSuccess} />}
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
        {theirs && <Conflict theirs={theirs} refused={refused} onDecide={decide} />}
        {problem?.code === 'slot_taken' && <SlotTaken problem={problem} zone={form.slot.zone} onMove={move} />}
        {saving.error && !SHOWN_ELSEWHERE.includes(problem?.code ?? '') && <Trouble error={saving.error} />}
        <SessionFields
          form={form}
          set={change}
          isNew={!stored}
          disabled={ended}
          label={label}
          keepsLink={!fresh}
          ruleOf={ruleOf}
          refused={refused}
          warns={!stored || differing(base, form).includes('slot')}
          onTypedClient={setTypedClient}
          onUnread={setUnread}
          round={round}
        />
        {gone && fresh && (
          <ProviderGone
            label={label}
            others={providers ?? []}
            onProvider={(provider) => set({ provider })}
            onInPerson={() => set({ online: false })}
          />
        )}
        {!own && needsConnection && form.provider && (
          <ConnectionNeeded
            consultant={consultant}
            provider={form.provider}
            label={label}
            connected={consultants.filter((one) => isConnected(one, form.provider))}
            others={(providers ?? []).filter((one) => one.provider !== form.provider)}
            onAssign={(consultantId) => change({ consultantId })}
            onProvider={(provider) => set({ provider })}
            onInPerson={() => set({ online: false })}
          />
        )}
        {stored && leaving && (
          <LeavesMeetingBehind
            session={stored.session}
            label={labelOf(providers, stored.session.provider ?? '')}
            replaced={leaving === 'replaced'}
          />
        )}
        <FormFooter
          session={stored?.session ?? null}
          kept={dirty ? draft.kept : null}
          saveText={own && needsConnection ? t('form.connect_and_save', { label }) : t('form.save')}
          saving={saving.isPending}
          disabled={blocked || ended}
          onClosed={closed}
          saveButton={saveButton}
        />
      </Stack>
    </form>
  );
}
