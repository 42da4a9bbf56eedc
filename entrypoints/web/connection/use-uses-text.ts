/** What Calendra uses a permission for, in words. */
import type { components } from '../generated/schema';
import { useWords } from '../words/use-words';

type Scope = Pick<components['schemas']['Scope'], 'uses'>;

export function useUsesText() {
  const { t } = useWords();
  return ({ uses }: Scope, label: string) =>
    uses.map((use) => t(`connections.permission.use_of.${use}`, { label })).join('; ');
}
