import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import { meQuery } from '../api/queries';
import { Brand } from '../shell/brand';
import { type Language, speak } from '../words';
import { useWords } from '../words/use-words';
import classes from './help.module.css';

/** The frame of a page that people reach from anywhere: it leads back into Calendra, or to the sign-in. */
export function HelpFrame({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const { data: me, isPending } = useQuery(meQuery);
  const language = me?.language;
  useEffect(() => {
    if (language !== undefined) void speak(language as Language | null).catch(() => {}); // English until then
  }, [language]);
  return (
    <div className={classes.frame}>
      <a className="skip" href="#guide">
        {t('shell.skip')}
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link href="/" className={classes.home}>
            <Brand />
          </Link>
          {!isPending && (
            <Button component={Link} href={me ? '/' : '/sign-in'} size="xs" variant="default">
              {t(me ? 'help.to_calendar' : 'help.sign_in')}
            </Button>
          )}
        </div>
      </header>
      <main id="guide" className={classes.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
