/** In the demo one click signs in. Elsewhere the server lists no people, and this shows nothing. */
import { Button, Divider, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { demoPeopleQuery } from '../api/queries';
import { useWords } from '../words/use-words';

interface Offered {
  busy: boolean;
  onChoose: (email: string, password: string) => void;
}

export function DemoPeople({ busy, onChoose }: Offered) {
  const { t } = useWords();
  const { data: people = [] } = useQuery(demoPeopleQuery);
  if (!people.length) return null;
  return (
    <Stack gap="xs" mt="md">
      <Divider label={t('sign_in.demo')} />
      {people.map(({ name, email, role, password }) => (
        <Button
          key={email}
          variant="default"
          justify="space-between"
          disabled={busy}
          onClick={() => onChoose(email, password)}
          rightSection={
            <Text span size="xs" c="dimmed">
              {t(`practice.roles.${role}`)}
            </Text>
          }
        >
          {name}
        </Button>
      ))}
    </Stack>
  );
}
