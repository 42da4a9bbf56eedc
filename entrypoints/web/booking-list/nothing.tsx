import { Button } from '@mantine/core';
import { IconCalendarOff, IconCalendarPlus, IconShieldCheck, IconZoomExclamation } from '@tabler/icons-react';
import { useOpenedSession } from '../booking/open-session';
import { Empty } from '../shell/empty';
import { useWords } from '../words/use-words';
import type { useFilter } from './filter';

const LOOK = { size: 40, stroke: 1.3, 'aria-hidden': true } as const;

/** Why the list is empty, and what to do about it. */
export function Nothing({ filtering }: { filtering: ReturnType<typeof useFilter> }) {
  const { t } = useWords();
  const { openNew } = useOpenedSession();
  const { filter, narrowed, clear } = filtering;
  if (filter.only === 'at_risk' && !filter.find) {
    return (
      <Empty icon={<IconShieldCheck {...LOOK} />} title={t('sessions.no_risk')} text={t('sessions.no_risk_text')}>
        <ShowAll onClick={clear} />
      </Empty>
    );
  }
  if (narrowed) {
    return (
      <Empty
        icon={<IconZoomExclamation {...LOOK} />}
        title={t('sessions.not_found')}
        text={t('sessions.not_found_text')}
      >
        <ShowAll onClick={clear} />
      </Empty>
    );
  }
  if (filter.when === 'past' || filter.further > 0) {
    return (
      <Empty icon={<IconCalendarOff {...LOOK} />} title={t('sessions.none_then')} text={t('sessions.none_then_text')} />
    );
  }
  return (
    <Empty icon={<IconCalendarPlus {...LOOK} />} title={t('sessions.none')} text={t('sessions.none_text')}>
      <Button onClick={() => openNew()}>{t('sessions.book')}</Button>
    </Empty>
  );
}

function ShowAll({ onClick }: { onClick: () => void }) {
  const { t } = useWords();
  return (
    <Button variant="default" onClick={onClick}>
      {t('sessions.show_all')}
    </Button>
  );
}
