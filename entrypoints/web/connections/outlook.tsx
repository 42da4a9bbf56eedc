import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { components } from '../generated/schema';
import { viewersZone } from '../session/times';
import { announce } from '../shell/announcer';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import type { Fate } from './disconnect';

type Touched = components['schemas']['Touched'];

/** What becomes of each session with the present choice; heard when the choice changes. */
export function Outlook({ touched, fate }: { touched: Touched[]; fate: Fate }) {
  const { t, server, locale } = useWords();
  const before = useRef(fate);
  const sentence = (one: Touched) => server(fate === 'remove' ? one.on_remove : one.on_keep);
  const first = touched[0] ? sentence(touched[0]) : '';
  useEffect(() => {
    if (before.current !== fate) announce(first);
    before.current = fate;
  }, [fate, first]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by keyboard
    <section className={classes.outlook} aria-label={t('connections.disconnect.touched')} tabIndex={0}>
      <ul>
        {touched.map((one) => (
          <li key={one.booking_id} data-testid="touched">
            <div className={classes.outlookHead}>
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
