/** Erasing in three steps: choose the person, confirm, and show the receipt. */
import { Button, Checkbox, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { queryClient, receiptsQuery } from '../api/queries';
import { announce } from '../shell/announcer';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { ReceiptView } from './receipt-view';
import { useFirstFocus } from './use-first-focus';

interface Erasing {
  opened: boolean;
  onClose: () => void;
}

export function EraseDialog({ opened, onClose }: Erasing) {
  const { t } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('connections.erasure.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      size="lg"
    >
      <Steps onClose={onClose} />
    </Modal>
  );
}

interface Wanted {
  email: string;
  links: boolean;
}

function Steps({ onClose }: Pick<Erasing, 'onClose'>) {
  const { t } = useWords();
  const [wanted, setWanted] = useState<Wanted>({ email: '', links: false });
  const [asked, setAsked] = useState(false);
  const erase = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/erasures', { body: wanted })),
    onSuccess: () => {
      for (const key of [receiptsQuery.queryKey, ['consultants'], ['sessions'], ['session'], ['history']]) {
        void queryClient.invalidateQueries({ queryKey: key });
      }
      announce(t('connections.erasure.done'));
    },
    onError: () => setAsked(false), // usually an unknown address: back to the field
  });
  if (erase.data) {
    return (
      <Stack key="done">
        <Said text={t('connections.erasure.done')} />
        <ReceiptView receipt={erase.data} onClose={onClose} />
      </Stack>
    );
  }
  if (!asked) {
    return (
      <Whose
        wanted={wanted}
        onChange={setWanted}
        error={erase.error}
        onGo={() => {
          erase.reset();
          setAsked(true);
        }}
        onClose={onClose}
      />
    );
  }
  return (
    <Stack>
      <Said
        text={t(wanted.links ? 'connections.erasure.ask_links' : 'connections.erasure.ask', { email: wanted.email })}
      />
      <Text size="sm">{t('connections.erasure.final')}</Text>
      <Group justify="flex-end">
        <Button variant="default" disabled={erase.isPending} onClick={() => setAsked(false)}>
          {t('connections.erasure.back')}
        </Button>
        <Button color="red" loading={erase.isPending} onClick={() => erase.mutate()}>
          {t('connections.erasure.yes')}
        </Button>
      </Group>
    </Stack>
  );
}

function Said({ text }: { text: string }) {
  const first = useFirstFocus<HTMLParagraphElement>();
  return (
    <Text fw={600} tabIndex={-1} ref={first} style={{ outline: 'none' }}>
      {text}
    </Text>
  );
}

interface Typing {
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
  error: unknown;
  onGo: () => void;
  onClose: () => void;
}

function Whose({ wanted, onChange, error, onGo, onClose }: Typing) {
  const first = useFirstFocus<HTMLInputElement>();
  const { t } = useWords();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGo();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {error !== null && <Trouble error={error} />}
        <TextInput
          ref={first}
          label={t('connections.erasure.email')}
          description={t('connections.erasure.email_text')}
          type="email"
          required
          withAsterisk={false}
          autoComplete="off"
          data-autofocus
          value={wanted.email}
          onChange={(event) => onChange({ ...wanted, email: event.currentTarget.value })}
        />
        <Checkbox
          label={t('connections.erasure.links')}
          description={t('connections.erasure.links_text')}
          checked={wanted.links}
          onChange={(event) => onChange({ ...wanted, links: event.currentTarget.checked })}
        />
        <Outcome links={wanted.links} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('connections.erasure.cancel')}
          </Button>
          <Button type="submit" disabled={!wanted.email.trim()}>
            {t('connections.erasure.go_on')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const DESTROYED = ['connection', 'authorization_requests', 'history'] as const;
const STAYING = ['person', 'upcoming', 'receipt'] as const;

function Outcome({ links }: { links: boolean }) {
  const { t } = useWords();
  const destroyed = links ? [...DESTROYED, 'links' as const] : DESTROYED;
  return (
    <div data-testid="outcome">
      <Text size="sm" fw={600}>
        {t('connections.erasure.destroyed')}
      </Text>
      <List size="sm" spacing={2} mb="sm">
        {destroyed.map((one) => (
          <List.Item key={one}>{t(`connections.erasure.destroys.${one}`)}</List.Item>
        ))}
      </List>
      <Text size="sm" fw={600}>
        {t('connections.erasure.stays')}
      </Text>
      <List size="sm" spacing={2}>
        {STAYING.map((one) => (
          <List.Item key={one}>{t(`connections.erasure.stay.${one}`)}</List.Item>
        ))}
      </List>
    </div>
  );
}
