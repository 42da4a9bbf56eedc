import { useWords } from '../words/use-words';

/** What a client is called on the page: one whose data were erased has no name any more. */
export function useClientName() {
  const { t } = useWords();
  return (client: { name: string }) => client.name || t('clients.erased_name');
}
