import { Group, Text } from '@mantine/core';
import icon from './icon.svg';

export function Brand({ bare = false }: { bare?: boolean }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src={icon} alt={bare ? 'Calendra' : ''} width={28} height={28} />
      {!bare && (
        <Text component="span" fw={650} fz="lg" lts="-0.01em">
          Calendra
        </Text>
      )}
    </Group>
  );
}
