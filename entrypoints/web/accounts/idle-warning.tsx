import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { SIGNED_IN, SIGNED_OUT } from '../api/account';
import { onTouched, sinceUse } from '../api/attendance';
import { api, bodyOf } from '../api/client';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';

const WARNS = 60; // seconds before the end
const LONGEST = 86_400_000; // milliseconds; browsers wait no longer than 24 days
const AGAIN = 15_000; // milliseconds after a failed question
const PARTS = 14; // the server notes a use when a fifteenth of the idle time has passed

/** Warns before a login ends without use, and extends it while the person types and no request says so. */
export function IdleWarning() {
  const { practice } = useMe();
  const { t } = useWords();
  const [ends, setEnds] = useState<number | null>(null); // milliseconds; while the warning is shown
  const left = useSecondsUntil(ends);
  const minutes = practice.idle_minutes;

  useEffect(() => {
    let timer: number | undefined;
    let asking = false;
    const later = (wait: number) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), Math.min(Math.max(wait, 0), LONGEST));
    };
    const ask = async () => {
      if (asking) return;
      asking = true;
      try {
        const { seconds } = await bodyOf(api.GET('/api/login/remaining'));
        setEnds(seconds > WARNS ? null : Date.now() + seconds * 1000);
        later((seconds > WARNS ? seconds - WARNS : seconds + 1) * 1000);
      } catch {
        later(AGAIN); // an ended login has announced itself
      } finally {
        asking = false;
      }
    };
    const ended = () => {
      window.clearTimeout(timer);
      setEnds(null);
    };
    const again = () => later(0);
    const woken = () => {
      if (!document.hidden) later(0);
    };
    const pace = (minutes * 60_000) / PARTS;
    const still = onTouched(() => {
      if (sinceUse() > pace) void ask();
    });
    window.addEventListener(SIGNED_OUT, ended);
    window.addEventListener(SIGNED_IN, again);
    window.addEventListener(STAY, again);
    document.addEventListener('visibilitychange', woken);
    void ask();
    return () => {
      still();
      window.clearTimeout(timer);
      window.removeEventListener(SIGNED_OUT, ended);
      window.removeEventListener(SIGNED_IN, again);
      window.removeEventListener(STAY, again);
      document.removeEventListener('visibilitychange', woken);
    };
  }, [minutes]);

  return (
    <Modal opened={ends !== null} onClose={stay} withCloseButton={false} title={t('idle.title')} zIndex={390}>
      <Text mb="md">{t('idle.text', { count: left })}</Text>
      <Group justify="flex-end">
        <Button data-autofocus onClick={stay}>
          {t('idle.stay')}
        </Button>
      </Group>
    </Modal>
  );
}

const STAY = 'calendra:stay';

/** The press itself makes the question that follows a use. */
function stay() {
  window.dispatchEvent(new Event(STAY));
}

function useSecondsUntil(moment: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (moment === null) return;
    setNow(Date.now());
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, [moment]);
  return moment === null ? 0 : Math.max(0, Math.ceil((moment - now) / 1000));
}
