import { Alert, Button, Group, Menu, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { IconCircleCheck, IconDotsVertical, IconNotes } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useState } from 'react';
import { Problem } from '../api/problem';
import { consultantsQuery, providersQuery, queryClient, sessionQuery } from '../api/queries';
import { useDeparture } from '../connecting/use-departure';
import { announce } from '../shell/announcer';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { isAdmin, useMe } from '../signing-in/signed-in';
import { momentText, timeText } from '../words/dates';
import { useWords } from '../words/use-words';
import { ClientPicker } from './client-picker';
import { CloseSession, type Closing } from './close-session';
import { Conflict } from './conflict';
import { ConnectionNeeded } from './connection-needed';
import { differing, type Field, type Form, formOf } from './form';
import { MeetingPanel, useMeetingWords } from './meeting';
import { contested, merged, take } from './merge';
import type { Opened } from './open-session';
import type { Opening } from './opening';
import { ProviderChoice } from './provider-choice';
import { type Saved, useSaving } from './saving';
import classes from './session.module.css';
import { SlotTaken } from './slot-taken';
import { isConnected } from './standing';
import { minutesBetween, timeAfter, viewersZone, wallSlot } from './times';
import { forgetDraft, useDraft } from './use-draft';
import { When } from './when';

interface Filling {
  opening: Opening;
  connected: Opened['connected'];
  onClose: () => void;
  /** What closing the drawer does first. */
  leave: RefObject<() => void>;
}

export default function SessionForm({ opening, connected, onClose, leave }: Filling) {
  const { t, server, locale } = useWords();
  const me = useMe();
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const { data: providers = [] } = useQuery(providersQuery);
  const meetingWords = useMeetingWords();
  const id = opening.stored?.session.id ?? null;
  const stored = useStored(opening);

  const [base, setBase] = useState(opening.base);
  const [etag, setEtag] = useState(opening.stored?.etag ?? '');
  const [form, setForm] = useState(opening.form);
  const [theirs, setTheirs] = useState<{ mine: Form; theirs: Form; fields: Field[] } | null>(null);
  const [closing, setClosing] = useState<Closing | null>(null);
  const [noClients, setNoClients] = useState(false);

  const dirty = differing(base, form).length > 0;
  const draft = useDraft(opening.draftId, id, base, form, dirty);
  const depart = useDeparture();
  const set = (changes: Partial<Form>) => setForm((present) => ({ ...present, ...changes }));

  const consultant = consultants.find((one) => one.id === form.consultantId);
  const own = form.consultantId === me.id;
  const label = providers.find((one) => one.provider === form.provider)?.label ?? '';
  const freshLink = form.online && needsFreshLink(opening.stored ? base : null, form);
  const blocked =
    freshLink && form.provider !== null && !own && consultant !== undefined && !isConnected(consultant, form.provider);

  const saving = useSaving(opening, (saved) => {
    void forgetDraft(opening.draftId);
    tell(savedText(saved));
    onClose();
  });
  const problem = saving.error instanceof Problem ? saving.error : null;
  const ruleOf = (...names: string[]) => server(fieldRule(problem, names)) || undefined;

  function savedText({ session }: Saved): string {
    const { label: provider, standing, state, text } = meetingWords(session);
    const done = t(id ? 'form.saved' : 'form.booked');
    if (!session.online) return done;
    return standing === 'ready' ? `${done} ${t('form.link_ready', { label: provider })}` : `${done} ${state}. ${text}`;
  }

  const save = () => {
    setNoClients(form.clients.length === 0);
    if (form.clients.length === 0) return;
    saving.mutate({ form, base, etag });
  };

  useEffect(() => {
    leave.current = () => {
      if (!dirty || saving.isSuccess) return;
      void draft.keep().then(() => tell(t('form.kept'), { action: <Discard draftId={opening.draftId} /> }));
    };
  });

  // Somebody else saved this session: their version is the new ground, and what I typed stays on top of it.
  const version = stored?.session.version;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another version starts this
  useEffect(() => {
    if (!stored || stored.session.version === versionOf(etag)) return;
    adopt(stored);
  }, [version]);

  function adopt(present: Saved) {
    const other = formOf(present.session);
    const fields = contested(base, form, other);
    if (dirty) setTheirs({ mine: form, theirs: other, fields });
    setForm(merged(base, form, other));
    setBase(other);
    setEtag(present.etag);
    saving.reset();
  }

  const stale = problem?.code === 'changed_meanwhile';
  useEffect(() => {
    if (stale && id) void queryClient.invalidateQueries({ queryKey: sessionQuery(id).queryKey });
  }, [stale, id]);

  const arrived = connected ? t('connecting.connected', { ...connected }) : '';
  useEffect(() => {
    if (arrived) announce(arrived);
  }, [arrived]);

  const ended = stored?.session.status === 'cancelled';

  return (
    <form
      aria-label={id ? t('form.edit_title') : t('form.new_title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) save();
      }}
    >
      <Stack>
        {arrived && (
          <Alert color="pine" icon={<IconCircleCheck size={20} />} title={arrived} data-testid="connected">
            {t('connecting.save_now')}
          </Alert>
        )}
        {opening.keptAt && !arrived && dirty && (
          <Alert variant="default" icon={<IconNotes size={20} />} data-testid="draft">
            <Text size="sm">
              {t('form.unfinished', { when: momentText(opening.keptAt, viewersZone(), locale) })}{' '}
              <button
                type="button"
                className="quiet-link"
                onClick={() => {
                  setForm(base);
                  void draft.forget();
                }}
              >
                {t('form.discard')}
              </button>
            </Text>
          </Alert>
        )}
        {stored && (
          <MeetingPanel
            session={stored.session}
            onReconnect={
              own
                ? () => void depart(stored.session.provider ?? '', { draftId: dirty ? opening.draftId : undefined })
                : undefined
            }
          />
        )}
        {ended && <Alert variant="default">{t('form.cancelled')}</Alert>}
        {theirs && (
          <Conflict
            {...theirs}
            present={form}
            onTake={(field, from) => setForm((present) => take(present, from, [field]))}
          />
        )}
        {problem?.code === 'slot_taken' && (
          <SlotTaken problem={problem} zone={form.slot.zone} onMove={(start) => set({ slot: movedTo(form, start) })} />
        )}
        {saving.error && !SHOWN_ELSEWHERE.includes(problem?.code ?? '') && <Trouble error={saving.error} />}

        <fieldset disabled={ended} style={{ border: 0, padding: 0, margin: 0, minInlineSize: 0 }}>
          <Stack>
            <ClientPicker
              chosen={form.clients}
              autoFocus={!id && !opening.form.clients.length}
              onChange={(clients) => set({ clients })}
              error={noClients && !form.clients.length ? t('form.no_clients') : ruleOf('client_ids')}
            />
            {isAdmin(me) ? (
              <Select
                label={t('form.consultant')}
                data={consultants.map((one) => ({ value: one.id, label: one.name }))}
                value={form.consultantId || null}
                allowDeselect={false}
                searchable={consultants.length > 8}
                error={ruleOf('consultant_id')}
                renderOption={({ option }) => (
                  <div>
                    <Text size="sm">{option.label}</Text>
                    {form.online && (
                      <Text size="xs" c="dimmed">
                        {isConnected(
                          consultants.find((one) => one.id === option.value),
                          form.provider,
                        )
                          ? t('form.is_connected', { label })
                          : t('form.is_not_connected', { label })}
                      </Text>
                    )}
                  </div>
                )}
                onChange={(value) => value && set({ consultantId: value })}
              />
            ) : (
              <Text size="sm">
                <Text span c="dimmed" size="sm">
                  {t('form.consultant')}:
                </Text>{' '}
                {me.name}
              </Text>
            )}
            <When
              slot={form.slot}
              practiceZone={me.practice.zone}
              onChange={(slot) => set({ slot })}
              errors={{ starts: ruleOf('starts_at'), ends: ruleOf('ends_at') }}
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
                error={ruleOf('provider')}
                onChange={(provider) => set({ provider })}
              />
            )}
          </Stack>
        </fieldset>

        {blocked && consultant && form.provider && (
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

        <Group className={classes.footer} justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed" aria-live="off">
            {draft.keptAt && dirty
              ? t('form.kept_at', { time: timeText(draft.keptAt.toISOString(), viewersZone(), locale) })
              : ''}
          </Text>
          <Group gap="xs" wrap="nowrap">
            {stored && <MoreActions ended={ended} onChoose={setClosing} />}
            <Button type="submit" loading={saving.isPending} disabled={blocked || ended}>
              {t('form.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
      {stored && (
        <CloseSession
          session={stored.session}
          closing={closing}
          onClose={() => setClosing(null)}
          onDone={() => {
            void forgetDraft(opening.draftId);
            setClosing(null);
            onClose();
          }}
        />
      )}
    </form>
  );
}

const SHOWN_ELSEWHERE = ['slot_taken', 'changed_meanwhile'];

/** The session as it is now: its link may arrive while the form is open. */
function useStored(opening: Opening): Saved | null {
  const id = opening.stored?.session.id ?? '';
  const { data } = useQuery({ ...sessionQuery(id), enabled: Boolean(id), initialData: opening.stored ?? undefined });
  return data ?? opening.stored;
}

/** Whether saving makes a meeting anew, for which the consultant has to be connected. */
function needsFreshLink(base: Form | null, form: Form): boolean {
  return !base?.online || base.provider !== form.provider || base.consultantId !== form.consultantId;
}

function fieldRule(problem: Problem | null, names: string[]): string {
  return problem?.fields.find((one) => names.includes(one.field))?.rule ?? '';
}

function movedTo(form: Form, start: string): Form['slot'] {
  const { zone } = form.slot;
  const moved = wallSlot(start, start, zone);
  return { ...moved, end: timeAfter(moved.start, minutesBetween(form.slot.start, form.slot.end)) };
}

/** An ETag begins with the version that people's changes count. */
function versionOf(etag: string): number {
  return Number(/\d+/.exec(etag)?.[0] ?? 0);
}

function Discard({ draftId }: { draftId: string }) {
  const { t } = useWords();
  return (
    <button type="button" className="quiet-link" onClick={() => void forgetDraft(draftId)}>
      {t('form.discard')}
    </button>
  );
}

function MoreActions({ ended, onChoose }: { ended: boolean; onChoose: (closing: Closing) => void }) {
  const { t } = useWords();
  return (
    <Menu position="top-end" withArrow zIndex={310}>
      <Menu.Target>
        <Button variant="default" px={8} aria-label={t('form.more')}>
          <IconDotsVertical size={18} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {!ended && <Menu.Item onClick={() => onChoose('cancel')}>{t('closing.cancel.title')}</Menu.Item>}
        <Menu.Item color="red" onClick={() => onChoose('delete')}>
          {t('closing.delete.title')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
