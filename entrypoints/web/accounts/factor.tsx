/** One second factor in the list of a person's own. */
import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Trouble } from '../shell/trouble';

interface Named {
  name: string;
  state: string;
  error: unknown;
  children: ReactNode;
}

export function Factor({ name, state, error, children }: Named) {
  return (
    <li>
      {Boolean(error) && <Trouble error={error} />}
      <Group justify="space-between" gap="xs" align="flex-start">
        <div>
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed">
            {state}
          </Text>
        </div>
        <Group gap="xs">{children}</Group>
      </Group>
    </li>
  );
}
