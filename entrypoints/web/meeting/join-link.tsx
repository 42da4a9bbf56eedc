import { ActionIcon, Button, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconExternalLink } from '@tabler/icons-react';
import type { Session } from '../api/types';
import { isPast, shifted } from '../booking/times';
import { announce } from '../shell/announcer';
import { useWords } from '../words/use-words';
import { useLinkChange } from './link-changed';
import { useMeetingWords } from './meeting';

const SOON = -15; // minutes from the start

/** Quiet in a long list; strong where the session is about to begin or goes on. */
export function JoinLink({ session }: { session: Session }) {
  const { t } = useWords();
  const { label } = useMeetingWords()(session);
  const link = session.meeting.join_link;
  if (!link) return null;
  const now = isPast(shifted(session.starts_at, SOON)) && !isPast(session.ends_at);
  return (
    <>
      <Button
        component="a"
        href={link}
        target="_blank"
        rel="noopener noreferrer"
        size="xs"
        variant={now ? 'filled' : 'light'}
        leftSection={<IconExternalLink size={15} aria-hidden />}
      >
        {t('meeting.open', { label })}
      </Button>
      <CopyLink session={session} link={link} />
    </>
  );
}

function CopyLink({ session, link }: { session: Session; link: string }) {
  const { t } = useWords();
  const { acknowledge } = useLinkChange(session);
  return (
    <CopyButton value={link}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('meeting.copied') : t('meeting.copy')}>
          <ActionIcon
            variant="subtle"
            color={copied ? 'pine' : 'gray'}
            size={30}
            aria-label={t('meeting.copy')}
            onClick={() => {
              copy();
              announce(t('meeting.copied'));
              acknowledge('copied');
            }}
          >
            {copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
