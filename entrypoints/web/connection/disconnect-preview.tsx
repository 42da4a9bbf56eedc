import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { viewersZone } from '../booking/times';
import type { components } from '../generated/schema';
import { announce } from '../shell/announcer';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import type { Meetings } from './disconnect';

type AffectedSession = components['schemas']['AffectedSession'];

/** The effect of the present choice on each session; announced when the choice changes. */
export function DisconnectPreview({ affected, meetings }: { affected: AffectedSession[]; meetings: Meetings }) {
  const { t, locale } = useWords();
  const before = useRef(meetings);
  const sentence = (one: AffectedSession) =>
    t(`connections.disconnect.after.${meetings === 'remove' ? one.on_remove : one.on_keep}`);
  const first = affected[0] ? sentence(affected[0]) : '';
  useEffect(() => {
    if (before.current !== meetings) announce(first);
    before.current = meetings;
  }, [meetings, first]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by keyboard
    <section className={classes.preview} aria-label={t('connections.disconnect.touched')} tabIndex={0}>
      <ul>
        {affected.map((one) => (
          <li key={one.booking_id} data-testid="affected">
            <div className={classes.previewHead}>
              <Text size="sm" fw={600}>
                {one.title || t('form.untitled')}
              </Text>
              <Text size="sm" className={classes.when}>
                {momentText(one.starts_at, viewersZone(), locale)}
              </Text>
            </div>
            <Text size="sm" c="dimmed">
              {sentence(one)}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
