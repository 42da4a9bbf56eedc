/** A card beside a session: its time, people, link, status and actions. */
import { ActionIcon, Anchor, Button, CloseButton, CopyButton, Group, Popover, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconExternalLink } from '@tabler/icons-react';
import type { Session } from '../api/types';
import { isPast } from '../booking/times';
import { MEETING_ICONS, useMeetingWords } from '../meeting/meeting';
import { announce } from '../shell/announcer';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';

interface Shown {
  session: Session;
  zone: string;
  /** Where the session is drawn. */
  place: DOMRect;
  narrow: boolean;
  onEdit: () => void;
  onCancel: () => void;
  onClose: () => void;
}

export default function QuickCard({ session, zone, place, narrow, onEdit, onCancel, onClose }: Shown) {
  const { t, locale } = useWords();
  const title = session.title || t('form.untitled');
  return (
    <Popover
      opened
      onChange={(opened) => opened || onClose()}
      position={narrow ? 'bottom' : 'right-start'} // beside it a phone has no room
      width="min(340px, calc(100vw - 24px))"
      shadow="lg"
      trapFocus
      withRoles={false}
      middlewares={{ flip: { padding: 12, fallbackAxisSideDirection: 'end' }, shift: { padding: 12, crossAxis: true } }}
    >
      <Popover.Target>
        <div
          className={classes.cardPlace}
          style={{ left: place.left, top: place.top, width: place.width, height: Math.min(place.height, 240) }}
        />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={title} data-testid="quick-card">
        <Stack gap="xs">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <Text fw={650} className={classes.cardTitle}>
              {title}
            </Text>
            <CloseButton aria-label={t('shell.close')} onClick={onClose} />
          </Group>
          <Text size="sm">{slotText(session.starts_at, session.ends_at, zone, locale)}</Text>
          <Text size="sm">{session.clients.map((one) => one.name).join(', ')}</Text>
          <Text size="sm" c="dimmed">
            {session.consultant}
          </Text>
          <Status session={session} />
          <Group gap="xs" mt={4}>
            <Button size="sm" onClick={onEdit} data-autofocus>
              {t('card.edit')}
            </Button>
            {session.status === 'planned' && !isPast(session.ends_at) && (
              <Button size="sm" variant="default" onClick={onCancel}>
                {t('closing.cancel.title')}
              </Button>
            )}
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Status({ session }: { session: Session }) {
  const { t } = useWords();
  const { status, state, text, label } = useMeetingWords()(session);
  const link = session.meeting.join_link;
  const Icon = MEETING_ICONS[status];
  if (session.status === 'cancelled') return <Text size="sm">{t('form.cancelled')}</Text>;
  if (!session.online) return <Text size="sm">{t('form.in_person')}</Text>;
  return (
    <>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Icon size={18} aria-hidden />
        <Text size="sm">
          {state}
          {status === 'ready' ? '' : `. ${text}`}
        </Text>
      </Group>
      {link && (
        <Group gap="xs" wrap="nowrap">
          <Anchor href={link} target="_blank" rel="noopener noreferrer" size="sm" className={classes.cardLink}>
            <IconExternalLink size={16} aria-hidden /> {t('meeting.open', { label })}
          </Anchor>
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <ActionIcon
                variant="subtle"
                size="lg"
                aria-label={t('meeting.copy')}
                onClick={() => {
                  copy();
                  announce(t('meeting.copied'));
                }}
              >
                {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
              </ActionIcon>
            )}
          </CopyButton>
        </Group>
      )}
    </>
  );
}
