import { Anchor, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { providersQuery } from '../api/queries';
import classes from './connections.module.css';
import { labelOf } from './label';
import { type Ending, useEndingWords } from './use-ending-words';

/** How an authorization ended at its provider, with the address where a person removes the rest. */
export function EndingText({ provider, ending }: { provider: string; ending: Ending }) {
  const { data: providers = [] } = useQuery(providersQuery);
  const found = providers.find((one) => one.provider === provider);
  const { done, there, todo, meetings } = useEndingWords()(ending, labelOf(providers, provider), Boolean(found));
  return (
    <div className={classes.notice} data-tone={done ? 'good' : 'warn'} data-testid="ending">
      <span className={classes.noticeIcon}>{done ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />}</span>
      <div>
        <Text size="sm">{there}</Text>
        {todo && (
          <Text size="sm">
            {todo}{' '}
            {found && (
              <Anchor href={found.removal_address} rel="noopener noreferrer" inherit underline="always">
                {found.removal_address}
              </Anchor>
            )}
          </Text>
        )}
        {meetings && <Text size="sm">{meetings}</Text>}
      </div>
    </div>
  );
}
