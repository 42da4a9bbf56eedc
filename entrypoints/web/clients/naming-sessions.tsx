import { Anchor, List } from '@mantine/core';
import { useMe } from '../accounts/signed-in';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';

interface Naming {
  id: string;
  starts_at: string;
  /** None in a receipt: it would repeat the name. */
  title?: string;
}

/** Sessions whose texts name a client. Each opens in another tab, so that the open dialog stays. */
export function NamingSessions({ sessions }: { sessions: Naming[] }) {
  const { t, locale } = useWords();
  const { practice } = useMe();
  return (
    <List size="sm" spacing={2} data-testid="naming-sessions">
      {sessions.map(({ id, starts_at, title }) => (
        <List.Item key={id}>
          <Anchor href={`/sessions?session=${id}`} target="_blank" inherit>
            {momentText(starts_at, practice.zone, locale)}
            {title !== undefined && `: ${title || t('form.untitled')}`}
          </Anchor>
        </List.Item>
      ))}
    </List>
  );
}
