/** Meetings that Calendra cannot reach: where they lie, and who can delete them there. */
import { Alert, Anchor, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { providersQuery } from '../api/queries';
import type { Session } from '../api/types';
import { useWords } from '../words/use-words';

export function StuckMeetings({ session }: { session: Session }) {
  const { t } = useWords();
  const { data: providers } = useQuery(providersQuery);
  if (!session.meeting.stuck_meetings.length) return null;
  return (
    <List size="sm" spacing={4} data-testid="stuck-meetings" c="dimmed">
      {session.meeting.stuck_meetings.map((one) => {
        const provider = providers?.find((each) => each.provider === one.provider);
        const words = { label: provider?.label ?? one.provider, account: one.account, number: one.number ?? '' };
        return (
          <List.Item key={`${one.provider} ${one.number} ${one.account}`}>
            {t(one.account ? 'meeting.by_hand.in_account' : 'meeting.by_hand.somewhere', words)}{' '}
            {one.number && t('meeting.by_hand.number', words)}{' '}
            {provider && (
              <Anchor
                href={provider.meetings_address}
                target="_blank"
                rel="noopener noreferrer"
                inherit
                underline="always"
              >
                {t('meeting.by_hand.open', words)}
              </Anchor>
            )}
          </List.Item>
        );
      })}
    </List>
  );
}

interface Leaving {
  session: Session;
  label: string;
  /** What saving does: a new meeting is made, or none is wanted any more. */
  replaced: boolean;
}

/** Said before saving. */
export function LeavesMeetingBehind({ session, label, replaced }: Leaving) {
  const { t } = useWords();
  const words = { label, account: session.meeting.detail };
  const stays = t(words.account ? 'meeting.leaving.stays_in' : 'meeting.leaving.stays', words);
  return (
    <Alert color="orange" variant="light" title={t('meeting.leaving.title', words)} data-testid="leaves-meeting">
      <Text size="sm">{replaced ? `${t('meeting.leaving.replaced', words)} ${stays}` : stays}</Text>
    </Alert>
  );
}
