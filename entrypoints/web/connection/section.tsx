import { Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './connections.module.css';

interface Titled {
  title: string;
  text?: string;
  /** Actions for the whole section. */
  tools?: ReactNode;
  children: ReactNode;
}

export function Section({ title, text, tools, children }: Titled) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div className={classes.sectionHead}>
        <div>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {text && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
        </div>
        {tools}
      </div>
      {children}
    </section>
  );
}
