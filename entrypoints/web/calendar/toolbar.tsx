import { ActionIcon, Button, Group, Loader, SegmentedControl, Select, Text, Title, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { sameClock } from '../booking/times';
import { zoneText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';
import { type useCalendarState, VIEWS, type View } from './use-calendar-state';

interface Acting {
  state: ReturnType<typeof useCalendarState>;
  title: string;
  busy: boolean;
  onToday: () => void;
  onBack: () => void;
  onOn: () => void;
  onNew: () => void;
  goTo: ReactNode;
  children: ReactNode;
}

export function Toolbar({ state, title, busy, onToday, onBack, onOn, onNew, goTo, children }: Acting) {
  const { t } = useWords();
  return (
    <header className={classes.toolbar}>
      <Group gap={6} wrap="nowrap" className={classes.where}>
        <Button variant="default" flex="none" size={state.narrow ? 'xs' : 'sm'} onClick={onToday}>
          {t('calendar.today')}
        </Button>
        <Tooltip label={t(`calendar.previous.${state.view}`)}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t(`calendar.previous.${state.view}`)}
            onClick={onBack}
          >
            <IconChevronLeft size={20} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t(`calendar.next.${state.view}`)}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t(`calendar.next.${state.view}`)}
            onClick={onOn}
          >
            <IconChevronRight size={20} />
          </ActionIcon>
        </Tooltip>
        <Title order={1} size="h3" className={classes.range} aria-live="polite">
          {title}
        </Title>
        {goTo}
        {busy && <Loader size="xs" role="status" aria-label={t('shell.loading')} />}
      </Group>
      <Group gap="xs" className={classes.tools}>
        {children}
        <ZoneChoice state={state} />
        <SegmentedControl
          size="xs"
          aria-label={t('calendar.view')}
          value={state.view}
          onChange={(view) => state.setView(view as View)}
          data={VIEWS.map((view) => ({ value: view, label: t(`calendar.views.${view}`) }))}
        />
        <Button size="sm" className={classes.new} leftSection={<IconPlus size={16} />} onClick={onNew}>
          {t('calendar.new')}
        </Button>
      </Group>
    </header>
  );
}

/** The practice's zone, and the viewer's own where its clocks differ. */
function ZoneChoice({ state }: { state: Acting['state'] }) {
  const { t, locale } = useWords();
  const others = state.zones.filter((zone, place) => place === 0 || !sameClock(zone, state.zones[0] ?? zone));
  if (others.length < 2) {
    return (
      <Text size="xs" c="dimmed" className={classes.zone}>
        {zoneText(state.zone, locale)}
      </Text>
    );
  }
  return (
    <Select
      size="xs"
      w={190}
      aria-label={t('calendar.zone')}
      allowDeselect={false}
      value={state.zone}
      data={others.map((zone, place) => ({
        value: zone,
        label: place === 0 ? t('calendar.practice_zone', { zone: zoneText(zone, locale) }) : zoneText(zone, locale),
      }))}
      onChange={(zone) => zone && state.setZone(zone)}
    />
  );
}
