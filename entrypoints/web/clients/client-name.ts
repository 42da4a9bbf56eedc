import { useWords } from '../words/use-words';

/** The name of a client on the page: a client whose data were erased has none. */
export function useClientName() {
  const { t } = useWords();
  return (client: { name: string }) => client.name || t('clients.erased_name');
}
