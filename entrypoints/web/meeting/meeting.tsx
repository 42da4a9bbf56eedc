/** The state of a session's meeting, in words. */
import { Anchor, Button, CopyButton, Group, Paper, Stack, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconCopy,
  IconDots,
  IconExternalLink,
  IconUser,
  IconVideo,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { consultantsQuery, providersQuery } from '../api/queries';
import type { Meeting, Session } from '../api/types';
import { StuckMeetings } from '../booking/left-behind';
import { cutOffAt, isConnected } from '../booking/status';
import { isPast, minutesBetween, viewersZone } from '../booking/times';
import { isGone, labelOf } from '../connection/label';
import { announce } from '../shell/announcer';
import { momentText } from '../words/dates';
import { useMoment } from '../words/use-moment';
import { useWords } from '../words/use-words';
import { LinkChanged } from './link-changed';
import { TryAgain } from './try-again';

export const MEETING_ICONS = {
  none: IconUser,
  wanted: IconDots,
  ready: IconVideo,
  waiting: IconClock,
  failed: IconAlertTriangle,
} as const;

const COLORS = { none: 'gray', wanted: 'pine', ready: 'pine', waiting: 'orange', failed: 'red' } as const;

export type Status = keyof typeof MEETING_ICONS;

export interface MeetingWords {
  label: string;
  status: Status;
  state: string;
  text: string;
  /** Clients may still hold the link before this one. */
  linkChanged: boolean;
  /** States that the calendar marks although the link may work. */
  risk: 'unreachable' | 'cut_off' | null;
  /** The provider is no longer set up here, so Calendra cannot reach the meeting. */
  gone: boolean;
}

/** `label` names the provider, `state` is the state in a word or two, `text` says why, who and until when. */
export function useMeetingWords() {
  const { t, locale } = useWords();
  const { data: providers } = useQuery(providersQuery);
  const { data: consultants } = useQuery(consultantsQuery);

  return (session: Session): MeetingWords => {
    const meeting = session.meeting;
    const label = session.provider ? labelOf(providers, session.provider) : '';
    const status = meeting.status as Status;
    const until = meeting.until ? momentText(meeting.until, viewersZone(), locale) : '';
    const words = { label, consultant: session.consultant, until, detail: meeting.detail };
    const reason = reasonOf(meeting);
    const why = reason ? t(`meeting.why.${reason}`, words) : meeting.detail;
    const host = consultants?.find((one) => one.id === session.consultant_id);
    const coming = session.status === 'planned' && !isPast(session.ends_at);
    const gone = isGone(providers, session.provider ?? null);
    const unreachable = host && !isConnected(host, session.provider ?? null);
    const lost = status === 'ready' && coming && (gone || (!meeting.reason && unreachable));
    const minutes = minutesBetween(session.starts_at, session.ends_at);
    const longest = coming ? cutOffAt(host, session.provider, minutes) : null;
    const sentences = [lost ? t('meeting.out_of_reach', words) : why];
    if (gone && coming) sentences[0] = t(`meeting.not_set_up.${meeting.join_link ? 'linked' : 'unlinked'}`, words);
    if (longest) sentences.push(t('meeting.cut_off', { ...words, minutes: longest }));
    for (const difference of meeting.differs) sentences.push(t(`meeting.differs.${difference}`, words));
    if (meeting.differs.length) sentences.push(t('meeting.differs_next', words));
    if (status === 'waiting' && until && !gone) sentences.push(t('meeting.next_try', words));
    if (meeting.removing > meeting.stuck) sentences.push(t('meeting.removing', { count: meeting.removing }));
    sentences.push(...stuckTexts(meeting));
    const linkChanged = Boolean(meeting.link_changed_at);
    const risk = lost ? 'unreachable' : longest ? 'cut_off' : null;
    const inWords = lost && gone ? 'ready_not_set_up' : stateOf(status, Boolean(meeting.join_link), risk);
    const state = t(
      linkChanged && status === 'ready' ? 'meeting.state.link_changed' : `meeting.state.${inWords}`,
      words,
    );
    return { label, status, state, text: sentences.filter(Boolean).join(' '), linkChanged, risk, gone };
  };

  /** One sentence for each provider: a session may have gone from one to another. */
  function stuckTexts({ stuck_meetings }: Meeting): string[] {
    const places = [...new Set(stuck_meetings.map((one) => one.provider))];
    return places.map((provider) => {
      const count = stuck_meetings.filter((one) => one.provider === provider).length;
      const what = isGone(providers, provider) ? 'meeting.stuck_not_set_up' : 'meeting.stuck';
      return t(what, { label: labelOf(providers, provider), count });
    });
  }
}

/** A link that works is never called waiting. */
function stateOf(status: Status, linked: boolean, risk: MeetingWords['risk']) {
  if (linked && (status === 'wanted' || status === 'waiting' || status === 'failed')) {
    return `linked_${status}` as const;
  }
  return status === 'ready' && risk ? (`ready_${risk}` as const) : status;
}

/** Of two reasons some providers do not say the detail: which permission, or which account. */
function reasonOf({ reason, detail }: Meeting) {
  if (detail || (reason !== 'scope_missing' && reason !== 'other_account')) return reason;
  return `${reason}_unnamed` as const;
}

/** `onReconnect` is given where the viewer is the one whom the meeting waits for. */
export function MeetingPanel({ session, onReconnect }: { session: Session; onReconnect?: () => void }) {
  const { t } = useWords();
  const moment = useMoment();
  const { label, status, state, text, linkChanged, gone } = useMeetingWords()(session);
  if (!session.online && !session.meeting.removing) return null;
  const Icon = MEETING_ICONS[status];
  return (
    <Paper withBorder p="sm" data-testid="meeting" data-status={status}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <ThemeIcon variant="light" color={COLORS[status]} size="lg">
          <Icon size={20} stroke={1.7} />
        </ThemeIcon>
        <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
          <Text fw={600} size="sm">
            {state}
          </Text>
          {text && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
          {status === 'ready' && session.meeting.verified_at && (
            <Text size="xs" c="dimmed">
              {t('meeting.checked', { label, when: moment(session.meeting.verified_at) })}
            </Text>
          )}
          <StuckMeetings session={session} />
          <LinkChanged session={session} label={label} />
          {session.meeting.join_link && (
            <LinkButtons link={session.meeting.join_link} label={label} copies={!linkChanged} />
          )}
          {status === 'failed' && !gone && !isPast(session.starts_at) && <TryAgain session={session} />}
          {session.meeting.waits_for && onReconnect && !gone && (
            <Button size="xs" w="fit-content" onClick={onReconnect}>
              {t('connections.reconnect', { label })}
            </Button>
          )}
          {session.meeting.waits_for && (!onReconnect || gone) && (
            <Anchor component={Link} href="/connections" size="sm">
              {t('meeting.to_connections')}
            </Anchor>
          )}
        </Stack>
      </Group>
    </Paper>
  );
}

interface Linked {
  link: string;
  label: string;
  size?: string;
  /** Not where the mark of a changed link has a button for it. */
  copies?: boolean;
}

export function LinkButtons({ link, label, size = 'xs', copies = true }: Linked) {
  return (
    <Group gap="xs">
      <OpenMeeting link={link} label={label} size={size} />
      {copies && <CopyLink link={link} size={size} />}
    </Group>
  );
}

export function OpenMeeting({ link, label, size = 'xs' }: { link: string; label: string; size?: string }) {
  const { t } = useWords();
  return (
    <Button
      component="a"
      href={link}
      target="_blank"
      rel="noopener noreferrer"
      size={size}
      leftSection={<IconExternalLink size={15} />}
    >
      {t('meeting.open', { label })}
    </Button>
  );
}

function CopyLink({ link, size }: { link: string; size: string }) {
  const { t } = useWords();
  return (
    <CopyButton value={link}>
      {({ copied, copy }) => (
        <Button
          size={size}
          variant="default"
          leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          onClick={() => {
            copy();
            announce(t('meeting.copied'));
          }}
        >
          {copied ? t('meeting.copied') : t('meeting.copy')}
        </Button>
      )}
    </CopyButton>
  );
}
