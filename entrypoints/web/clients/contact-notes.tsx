import { ActionIcon, Button, Group, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { isAdmin, useMe } from '../accounts/signed-in';
import { api, bodyOf } from '../api/client';
import { contactNotesQuery } from '../api/client-queries';
import { queryClient } from '../api/queries';
import { useCreationKey } from '../api/use-creation-key';
import { DateField } from '../booking/date-field';
import { todayIn } from '../booking/times';
import { announce } from '../shell/announcer';
import { useLimits } from '../shell/limits';
import { isTooLong } from '../shell/longest';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { useWords } from '../words/use-words';
import classes from './clients.module.css';

/** Short dated notes, which all people of the practice share. */
export function ContactNotes({ id }: { id: string }) {
  const { t, locale } = useWords();
  const me = useMe();
  const { data: notes, error } = useQuery(contactNotesQuery(id));
  const remove = useMutation({
    mutationFn: (note: string) =>
      api.DELETE('/api/clients/{client_id}/notes/{note_id}', { params: { path: { client_id: id, note_id: note } } }),
    onSuccess: () => announce(t('clients.notes.removed')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: contactNotesQuery(id).queryKey }),
  });
  const dayText = (day: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
  return (
    <Stack gap="sm">
      <Writing id={id} />
      {error && <Trouble error={error} />}
      {remove.error && <Trouble error={remove.error} />}
      {!notes && !error && <Skeleton height={60} />}
      {notes?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('clients.notes.none')}
        </Text>
      )}
      <ul className={classes.notes}>
        {notes?.map((note) => (
          <li key={note.id} data-testid="contact-note">
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Text size="xs" c="dimmed">
                <time dateTime={note.day}>{dayText(note.day)}</time>
                {note.author && ` · ${note.author}`}
              </Text>
              {(isAdmin(me) || note.author_id === me.id) && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="md"
                  aria-label={t('clients.notes.remove', { day: dayText(note.day) })}
                  onClick={() => remove.mutate(note.id)}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              )}
            </Group>
            <Text size="sm" className={classes.noteText}>
              {note.text}
            </Text>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function Writing({ id }: { id: string }) {
  const { t } = useWords();
  const tooLong = useLimits();
  const { practice } = useMe();
  const today = todayIn(practice.zone);
  const [day, setDay] = useState(today);
  const [dayUnread, setDayUnread] = useState(false);
  const [text, setText] = useState('');
  const { keyOf, done } = useCreationKey();
  const add = useMutation({
    mutationFn: () => {
      const body = { day, text };
      const params = { path: { client_id: id }, header: { 'Idempotency-Key': keyOf({ id, ...body }) } };
      return bodyOf(api.POST('/api/clients/{client_id}/notes', { params, body }));
    },
    onSuccess: () => {
      done();
      setText('');
      announce(t('clients.notes.added'));
      void queryClient.invalidateQueries({ queryKey: contactNotesQuery(id).queryKey });
    },
  });
  const { wrong, ruleOf } = useRules(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() && !dayUnread && !isTooLong('contact_note', text)) add.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={t('clients.notes.add')}>
      <Stack gap="xs">
        {add.error && !wrong.length && <Trouble error={add.error} />}
        <Textarea
          label={t('clients.notes.text')}
          autosize
          minRows={2}
          maxRows={8}
          value={text}
          error={tooLong('contact_note', text) ?? ruleOf('text')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="space-between" align="flex-end">
          <DateField
            label={t('clients.notes.day')}
            value={day}
            today={today}
            error={ruleOf('day')}
            onChange={setDay}
            onUnread={setDayUnread}
            onTyping={() => {}}
          />
          <Button type="submit" loading={add.isPending} disabled={!text.trim() || dayUnread}>
            {t('clients.notes.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
