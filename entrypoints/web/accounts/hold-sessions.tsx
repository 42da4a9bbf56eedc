/** An admin becomes a consultant by one press. */
import { Button } from '@mantine/core';
import { tell } from '../shell/tell';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';
import { useRoles } from './use-roles';

export default function HoldSessions() {
  const me = useMe();
  const { t, explain } = useWords();
  const change = useRoles();
  const begin = () =>
    change.mutate(
      { person: me, roles: ['admin', 'consultant'] },
      {
        onSuccess: () => {
          tell(t('practice.steps.consultant.now'));
        },
        onError: (error) => {
          const { detail, next } = explain(error);
          tell(`${detail} ${next}`, { trouble: true });
        },
      },
    );
  return (
    <Button size="xs" loading={change.isPending} onClick={begin}>
      {t('practice.steps.consultant.action')}
    </Button>
  );
}
