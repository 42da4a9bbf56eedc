import { Anchor, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../words/use-words';
import { Brand } from './brand';
import classes from './outside.module.css';
import { useTitle } from './use-title';

/** The frame of pages without a login: signing in, consent, personal links. */
export function Outside({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useWords();
  useTitle(title);
  return (
    <div className={classes.room}>
      <main className={classes.sheet}>
        <Brand />
        <Paper withBorder p="xl" mt="lg" radius="lg">
          <Stack>
            <Title order={1}>{title}</Title>
            {children}
          </Stack>
        </Paper>
        <Anchor component={Link} href="/help" size="sm" mt="md" className={classes.help}>
          {t('shell.help')}
        </Anchor>
      </main>
    </div>
  );
}
