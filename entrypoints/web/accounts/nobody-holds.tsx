/** Shown while no person holds sessions: the next step, instead of a form that cannot be saved. */
import { Group } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Empty } from '../shell/empty';
import { useWords } from '../words/use-words';
import HoldSessions from './hold-sessions';
import { Invite } from './invite';
import { isAdmin, useMe } from './signed-in';

export default function NobodyHolds() {
  const me = useMe();
  const { t } = useWords();
  return (
    <Empty
      icon={<IconUsers size={36} stroke={1.4} />}
      title={t('practice.nobody_holds')}
      text={t(isAdmin(me) ? 'practice.nobody_holds_text' : 'practice.admins_only_text')}
    >
      {isAdmin(me) && (
        <Group justify="center" gap="xs">
          <HoldSessions />
          <Invite size="xs" variant="default" />
        </Group>
      )}
    </Empty>
  );
}
