import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { IconNotes, IconTrash } from '@tabler/icons-react';
import type { Draft } from '../api/types';
import { useOpenedSession } from '../booking/open-session';
import { useDiscarding } from '../booking/use-discarding';
import { useDraftSummary } from '../booking/use-draft-summary';
import { useDrafts } from '../booking/use-drafts';
import { useMoment } from '../words/use-moment';
import { useWords } from '../words/use-words';

/** Session forms that were left before they were saved. */
export function Unfinished({ narrow }: { narrow: boolean }) {
  const { t } = useWords();
  const drafts = useDrafts();
  if (!drafts.length) return null;
  const label = t('calendar.unfinished', { count: drafts.length });
  return (
    <Menu position="bottom-end" withArrow width={340}>
      <Menu.Target>
        {narrow ? (
          <ActionIcon variant="default" size="lg" aria-label={label}>
            <IconNotes size={18} color="var(--caution)" />
          </ActionIcon>
        ) : (
          <Button
            variant="default"
            size="sm"
            px="xs"
            aria-label={label}
            title={label}
            leftSection={<IconNotes size={16} color="var(--caution)" />}
          >
            {drafts.length}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown mah="min(70vh, 480px)" style={{ overflowY: 'auto' }}>
        {drafts.map((draft) => (
          <Line key={draft.id} draft={draft} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Line({ draft }: { draft: Draft }) {
  const { t } = useWords();
  const moment = useMoment();
  const { openDraft } = useOpenedSession();
  const discard = useDiscarding();
  const { title, about } = useDraftSummary(draft);
  return (
    <Group wrap="nowrap" gap={2} role="none">
      <Menu.Item flex={1} miw={0} onClick={() => openDraft(draft.id)}>
        <Text size="sm" truncate>
          {title}
        </Text>
        <Text size="xs">{about}</Text>
        <Text size="xs" c="dimmed">
          {t(draft.booking_id ? 'calendar.unfinished_change' : 'calendar.unfinished_new', {
            when: moment(draft.saved_at),
          })}
        </Text>
      </Menu.Item>
      <Menu.Item
        w="auto"
        flex="none"
        closeMenuOnClick={false}
        aria-label={t('calendar.discard_draft', { title })}
        onClick={() => discard(draft, title)}
      >
        <IconTrash size={16} aria-hidden />
      </Menu.Item>
    </Group>
  );
}
