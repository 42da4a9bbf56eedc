/** A person's own passkeys: the list, and a new one. */
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import type { SecondFactor } from '../api/types';
import { tell } from '../shell/tell';
import { useMoment } from '../words/use-moment';
import { useWords } from '../words/use-words';
import { Factor } from './factor';
import { addPasskey, hasPasskeys } from './passkey';
import { PasskeyTrouble } from './passkey-trouble';

interface Keeping {
  passkeys: SecondFactor['passkeys'];
  first: boolean;
  onAdded: (recoveryCodes: string[]) => void;
  onRemoved: () => void;
}

export function Passkeys({ passkeys, first, onAdded, onRemoved }: Keeping) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const added = (codes: string[]) => {
    setAdding(false);
    tell(t('passkey.added'));
    onAdded(codes);
  };
  return (
    <>
      {passkeys.map((one) => (
        <Known key={one.id} passkey={one} onRemoved={onRemoved} />
      ))}
      {adding ? (
        <li>
          <Adding first={first} onAdded={added} onCancel={() => setAdding(false)} />
        </li>
      ) : (
        <Factor
          name={t(passkeys.length ? 'passkey.another' : 'passkey.title')}
          state={t(hasPasskeys ? 'passkey.text' : 'passkey.not_here')}
          error={null}
        >
          {hasPasskeys && (
            <Button size="xs" variant={first ? 'filled' : 'default'} onClick={() => setAdding(true)}>
              {t('passkey.add')}
            </Button>
          )}
        </Factor>
      )}
    </>
  );
}

function Known({ passkey, onRemoved }: { passkey: SecondFactor['passkeys'][number]; onRemoved: () => void }) {
  const { t } = useWords();
  const moment = useMoment();
  const remove = useMutation({
    mutationFn: () =>
      api.DELETE('/api/me/second-factor/passkeys/{passkey_id}', { params: { path: { passkey_id: passkey.id } } }),
    onSuccess: () => tell(t('passkey.removed', { name: passkey.name })),
    onSettled: onRemoved,
  });
  const { name, made_at, used_at } = passkey;
  return (
    <Factor
      name={name}
      state={used_at ? t('passkey.used', { when: moment(used_at) }) : t('passkey.made', { when: moment(made_at) })}
      error={remove.error}
    >
      <Button
        size="xs"
        variant="default"
        loading={remove.isPending}
        aria-label={t('passkey.remove', { name })}
        onClick={() => remove.mutate()}
      >
        {t('second_factor.remove')}
      </Button>
    </Factor>
  );
}

interface Adding {
  first: boolean;
  onAdded: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

function Adding({ first, onAdded, onCancel }: Adding) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const add = useMutation({ mutationFn: () => addPasskey(name), onSuccess: onAdded });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t('passkey.name')}
          description={t(first ? 'passkey.name_text_first' : 'passkey.name_text')}
          required
          withAsterisk={false}
          ref={(input) => input?.focus()}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasskeyTrouble error={add.error} cancelled={t('passkey.not_added')} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('second_factor.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('sign_in.go_on')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
