import { Text } from '@mantine/core';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { AlreadyHere, Cancelled } from './passkey';

/** Why a passkey was not used or added; `cancelled` is said when the person closed the browser's window. */
export function PasskeyTrouble({ error, cancelled }: { error: unknown; cancelled: string }) {
  const { t } = useWords();
  if (!error) return null;
  const calm = error instanceof Cancelled ? cancelled : error instanceof AlreadyHere && t('passkey.already_here');
  if (!calm) return <Trouble error={error} />;
  return (
    <Text size="sm" role="status">
      {calm}
    </Text>
  );
}
