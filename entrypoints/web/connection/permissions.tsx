import { Text } from '@mantine/core';
import { IconCheck, IconCircle, IconX } from '@tabler/icons-react';
import type { Connection } from '../api/types';
import { useWords } from '../words/use-words';
import { missingPermissions } from './attention';
import classes from './connections.module.css';
import { Folded } from './folded';
import { useUsesText } from './use-uses-text';

/** Each permission, what it is for, and whether it is granted. Open at once when one is missing. */
export function Permissions({ connection }: { connection: Connection }) {
  const { t } = useWords();
  const usesText = useUsesText();
  const missing = missingPermissions(connection).length;
  const connected = connection.status === 'connected';
  const count = connection.permissions.length;
  if (!count) return null;
  const note = missing
    ? t('connections.permission.missing', { count: missing })
    : t(connected ? 'connections.permission.all' : 'connections.permission.asked', { count });
  return (
    <Folded
      key={missing ? 'missing' : 'whole'}
      label={t('connections.permission.show')}
      note={<span className={missing ? classes.risky : classes.quiet}>{note}</span>}
      opened={missing > 0}
    >
      {missing > 0 && (
        <Text size="sm" mb={6}>
          {t('connections.permission.mend', { label: connection.label })}
        </Text>
      )}
      <ul className={classes.permissions}>
        {connection.permissions.map((one) => (
          <li key={one.name} data-missing={connected && !one.granted ? true : undefined}>
            <Granted granted={one.granted} connected={connected} />
            <div>
              <Text size="sm">{usesText(one, connection.label)}</Text>
              <code>{one.name}</code>
            </div>
          </li>
        ))}
      </ul>
    </Folded>
  );
}

function Granted({ granted, connected }: { granted: boolean; connected: boolean }) {
  const { t } = useWords();
  if (!connected) return <IconCircle size={15} aria-hidden />;
  if (granted) return <IconCheck size={15} role="img" aria-label={t('connections.permission.granted')} />;
  return <IconX size={15} role="img" aria-label={t('connections.permission.not_granted')} />;
}
