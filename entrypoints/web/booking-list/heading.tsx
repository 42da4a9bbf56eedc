import { Button, Group, SegmentedControl, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useMe } from '../accounts/signed-in';
import { useOpenedSession } from '../booking/open-session';
import { useWords } from '../words/use-words';
import { ZoneLine } from '../words/zone-line';
import { WHENS, type When } from './filter';
import classes from './sessions.module.css';

/** `ref` is the title: the keyboard goes there when the row that it was on is gone. */
export function Heading({
  ref,
  when,
  onWhen,
  consultant,
}: {
  ref: Ref<HTMLHeadingElement>;
  when: When;
  onWhen: (when: When) => void;
  /** Whose sessions are shown, where it is one consultant's. */
  consultant: string | null;
}) {
  const { t } = useWords();
  const { practice } = useMe();
  const { openNew } = useOpenedSession();
  return (
    <header className={classes.heading}>
      <div className={classes.headline}>
        <Title order={1} size="h3" ref={ref} tabIndex={-1}>
          {t('sessions.title')}
        </Title>
        <ZoneLine zone={practice.zone} />
      </div>
      <Group gap="xs" className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t('sessions.when')}
          value={when}
          onChange={(value) => onWhen(value as When)}
          data={WHENS.map((value) => ({ value, label: t(`sessions.whens.${value}`) }))}
        />
        <Button
          size="sm"
          leftSection={<IconPlus size={16} />}
          onClick={() => openNew({ consultant: consultant ?? undefined })}
        >
          {t('calendar.new')}
        </Button>
      </Group>
    </header>
  );
}
