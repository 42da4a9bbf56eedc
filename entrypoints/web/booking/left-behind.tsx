/** Meetings that Calendra cannot reach: their account, and who can delete them there. */
import { Alert, Anchor, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { consultantsQuery, providersQuery } from '../api/queries';
import type { Consultant, Session } from '../api/types';
import { labelOf } from '../connection/label';
import { useWords } from '../words/use-words';
import { connectionOf } from './status';

export function StuckMeetings({ session }: { session: Session }) {
  const { t } = useWords();
  const { data: providers } = useQuery(providersQuery);
  const { data: consultants } = useQuery(consultantsQuery);
  if (!session.meeting.stuck_meetings.length) return null;
  return (
    <List size="sm" spacing={4} data-testid="stuck-meetings" c="dimmed">
      {session.meeting.stuck_meetings.map((one) => {
        const provider = providers?.find((each) => each.provider === one.provider);
        const host = consultants?.find((each) => each.id === one.host_id);
        const account = one.account || addressAt(host, one.provider, one.reason);
        const label = labelOf(providers, one.provider);
        const words = { label, account, name: host?.name ?? '', number: one.number ?? '' };
        const where = account ? 'in_account' : host ? 'in_account_of' : 'somewhere';
        return (
          <List.Item key={`${one.provider} ${one.number} ${one.account}`}>
            {t(`meeting.by_hand.${where}`, words)} {one.number && t('meeting.by_hand.number', words)}{' '}
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

/** Where the present connection only ended, the meeting lies in its account; otherwise nothing is known of it. */
function addressAt(host: Consultant | undefined, provider: string, reason: string | null): string {
  if (reason === 'other_account') return '';
  return connectionOf(host, provider)?.account ?? '';
}

interface Leaving {
  session: Session;
  label: string;
  /** The effect of saving: a new meeting, or none. */
  replaced: boolean;
}

/** Shown before saving. */
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
