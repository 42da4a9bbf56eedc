/** The fields of a session. */
import { Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMe } from '../accounts/signed-in';
import { consultantsQuery } from '../api/queries';
import { useLimits } from '../shell/limits';
import { useWords } from '../words/use-words';
import { ClientPicker } from './client-picker';
import { ConsultantChoice } from './consultant-choice';
import type { Form } from './form';
import { ProviderChoice } from './provider-choice';
import classes from './session.module.css';
import { lengthOf } from './times';
import { When } from './when';

interface Filling {
  form: Form;
  set: (changes: Partial<Form>) => void;
  isNew: boolean;
  /** A session that is cancelled is shown and not changed. */
  disabled: boolean;
  /** The provider's name. */
  label: string;
  /** Whether saving leaves the present meeting as it is. */
  keepsLink: boolean;
  /** The service's refusals of these fields. */
  ruleOf: (name: string) => string | undefined;
  /** Saving was refused because a field is missing. */
  refused: boolean;
  /** Whether to show warnings about the time. */
  warns: boolean;
  onTypedClient: (text: string) => void;
  onUnread: (count: number) => void;
  /** Of filling in: discarding begins another one. */
  round: number;
}

export function SessionFields(filling: Filling) {
  const { form, set, isNew, label, ruleOf, refused } = filling;
  const { t } = useWords();
  const me = useMe();
  const tooLong = useLimits();
  const { data: consultants = [] } = useQuery(consultantsQuery);
  return (
    <fieldset disabled={filling.disabled} className={classes.fields}>
      <Stack>
        <ClientPicker
          chosen={form.clients}
          autoFocus={isNew && !form.clients.length}
          onChange={(clients) => set({ clients })}
          onTyped={filling.onTypedClient}
          refused={refused}
          error={refused && !form.clients.length ? t('form.no_clients') : ruleOf('client_ids')}
        />
        <ConsultantChoice
          consultants={consultants}
          value={form.consultantId}
          provider={form.online ? form.provider : null}
          label={label}
          error={refused && !form.consultantId ? t('form.no_consultant') : ruleOf('consultant_id')}
          onChange={(consultantId) => set({ consultantId })}
        />
        <When
          key={filling.round}
          slot={form.slot}
          practiceZone={me.practice.zone}
          onChange={(slot) => set({ slot })}
          errors={{ starts: ruleOf('starts_at'), ends: ruleOf('ends_at') }}
          onUnread={filling.onUnread}
          warns={filling.warns}
        />
        <TextInput
          label={t('form.title')}
          placeholder={t('form.untitled')}
          value={form.title}
          error={tooLong('title', form.title) ?? ruleOf('title')}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <Textarea
          label={t('form.notes')}
          description={t('form.notes_text')}
          autosize
          minRows={2}
          maxRows={8}
          value={form.notes}
          error={tooLong('notes', form.notes) ?? ruleOf('notes')}
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
            consultant={consultants.find((one) => one.id === form.consultantId)}
            own={form.consultantId === me.id}
            minutes={lengthOf(form.slot)}
            keepsLink={filling.keepsLink}
            error={ruleOf('provider')}
            onChange={(provider) => set({ provider })}
          />
        )}
      </Stack>
    </fieldset>
  );
}
