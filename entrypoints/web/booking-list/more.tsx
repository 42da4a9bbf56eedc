import { Button, Center } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

/** The next page of the same stretch. */
export function More({ found, label }: { found: UseInfiniteQueryResult; label?: string }) {
  const { t } = useWords();
  if (!found.hasNextPage || found.isPlaceholderData) return null;
  const load = () => void found.fetchNextPage();
  if (found.isFetchNextPageError) return <Trouble error={found.error} onAgain={load} />;
  return (
    <Center mt="lg">
      <Button variant="default" loading={found.isFetchingNextPage} onClick={load}>
        {label ?? t('sessions.load_more')}
      </Button>
    </Center>
  );
}
