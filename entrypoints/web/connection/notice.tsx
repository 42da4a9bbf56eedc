import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './connections.module.css';

/** Something to know about a connection. It stands there from the start, so it is no alert. */
export function Notice({
  tone,
  icon,
  title,
  children,
}: {
  tone: 'warn' | 'bad';
  icon: ReactNode;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className={classes.notice} data-tone={tone}>
      <span className={classes.noticeIcon}>{icon}</span>
      <div>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        {children}
      </div>
    </div>
  );
}
