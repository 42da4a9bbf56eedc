import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconNotes } from '@tabler/icons-react';
import { useOpenedSession } from '../session/open-session';
import { useDrafts } from '../session/use-drafts';
import { useMoment } from '../words/use-moment';
import { useWords } from '../words/use-words';

/** Session forms that were left before they were saved. */
export function Unfinished({ narrow }: { narrow: boolean }) {
  const { t } = useWords();
  const moment = useMoment();
  const drafts = useDrafts();
  const { openDraft } = useOpenedSession();
  if (!drafts.length) return null;
  const label = t('calendar.unfinished', { count: drafts.length });
  return (
    <Menu position="bottom-end" withArrow width={280}>
      <Menu.Target>
        {narrow ? (
          <ActionIcon variant="default" size="lg" aria-label={label}>
            <IconNotes size={18} color="var(--caution)" />
          </ActionIcon>
        ) : (
          <Button variant="default" size="sm" leftSection={<IconNotes size={16} color="var(--caution)" />}>
            {label}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {drafts.map((draft) => (
          <Menu.Item key={draft.id} onClick={() => openDraft(draft.id)}>
            <Text size="sm">{(draft.form as { title?: string | null }).title || t('form.untitled')}</Text>
            <Text size="xs" c="dimmed">
              {t(draft.booking_id ? 'calendar.unfinished_change' : 'calendar.unfinished_new', {
                when: moment(draft.saved_at),
              })}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
