/** The notices above a session form: its origin and its state. */
import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconNotes } from '@tabler/icons-react';
import { useEffect } from 'react';
import { announce } from '../shell/announcer';
import { useMoment } from '../words/use-moment';
import { useWords } from '../words/use-words';
import type { Opened } from './open-session';

/** Back from the provider, with the account that is connected now. `saving`: the form is being saved, or was. */
export function Arrived({ connected, saving }: { connected: NonNullable<Opened['connected']>; saving: boolean }) {
  const { t } = useWords();
  const text = t('connecting.connected', { ...connected });
  useEffect(() => announce(text), [text]);
  return (
    <Alert color="pine" icon={<IconCircleCheck size={20} />} title={text} data-testid="connected">
      {saving ? t('connecting.saving') : t('connecting.save_now')}
    </Alert>
  );
}

export function Unfinished({ keptAt, onDiscard }: { keptAt: string; onDiscard: () => void }) {
  const { t } = useWords();
  const moment = useMoment();
  return (
    <Alert variant="default" icon={<IconNotes size={20} />} data-testid="draft">
      <Text size="sm">
        {t('form.unfinished', { when: moment(keptAt) })}{' '}
        <button type="button" className="quiet-link" onClick={onDiscard}>
          {t('form.discard')}
        </button>
      </Text>
    </Alert>
  );
}

/** Neither this browser nor the server took the draft, so closing would lose it. */
export function NotKept({ onDiscard }: { onDiscard: () => void }) {
  const { t } = useWords();
  return (
    <Alert color="red" icon={<IconAlertTriangle size={20} />} title={t('form.not_kept')} role="alert">
      <Text size="sm">{t('form.not_kept_next')}</Text>
      <Button size="xs" variant="default" mt="sm" onClick={onDiscard}>
        {t('form.discard_and_close')}
      </Button>
    </Alert>
  );
}
