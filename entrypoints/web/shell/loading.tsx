import { Center, Loader } from '@mantine/core';
import { useWords } from '../words/use-words';

export function Loading() {
  const { t } = useWords();
  return (
    <Center h="100%" mih={240} role="status" aria-label={t('shell.loading')}>
      <Loader type="dots" />
    </Center>
  );
}
