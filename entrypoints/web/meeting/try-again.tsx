/** Asks for another try at a meeting that Calendra gave up: saving a session unchanged does so. */
import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { queryClient, sessionQuery } from '../api/queries';
import type { Session } from '../api/types';
import { retry } from '../booking/saving';
import { announce } from '../shell/announcer';
import { useWords } from '../words/use-words';

export function TryAgain({ session }: { session: Session }) {
  const { t, explain } = useWords();
  const retrying = useMutation({
    mutationFn: () => retry(session),
    onSuccess: (saved) => {
      queryClient.setQueryData(sessionQuery(session.id).queryKey, saved);
      announce(t(saved.session.meeting.join_link ? 'meeting.made' : 'meeting.trying_again'));
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const refusal = retrying.error;
  return (
    <>
      <Button
        size="xs"
        w="fit-content"
        variant="default"
        loading={retrying.isPending}
        onClick={() => retrying.mutate()}
      >
        {t('shell.try_again')}
      </Button>
      {refusal && (
        <Text size="sm" c="red" role="alert">
          {explain(refusal).detail}
        </Text>
      )}
    </>
  );
}
