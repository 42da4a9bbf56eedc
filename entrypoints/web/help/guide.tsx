import { Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { Help } from '../api/types';
import { useTitle } from '../shell/use-title';
import { useWords } from '../words/use-words';
import { Adding } from './adding';
import { Contents } from './contents';
import { Erasing } from './erasing';
import classes from './help.module.css';
import { Keyboard } from './keyboard';
import { Permissions } from './permissions';
import { Removing } from './removing';
import { Stored } from './stored';
import { Support } from './support';
import { Troubles } from './troubles';
import { Using } from './using';

export function Guide({ facts }: { facts: Help }) {
  const { t } = useWords();
  const title = t('help.title', { label: facts.label });
  useTitle(title);
  useAnchor();
  return (
    <article className={classes.guide}>
      <header className={classes.head}>
        <Title order={1} className={classes.title}>
          {title}
        </Title>
        <Text className={classes.lead}>{t('help.lead', { label: facts.label })}</Text>
      </header>
      <Contents />
      <div className={classes.text}>
        <Adding facts={facts} />
        <Using facts={facts} />
        <Keyboard />
        <Removing facts={facts} />
        <Troubles facts={facts} />
        <Stored facts={facts} />
        <Erasing facts={facts} />
        <Permissions facts={facts} />
        <Support facts={facts} />
      </div>
    </article>
  );
}

/** The browser looked for the anchor before there was any text. */
function useAnchor() {
  useEffect(() => {
    const anchor = decodeURIComponent(window.location.hash.slice(1));
    if (anchor) document.getElementById(anchor)?.scrollIntoView();
  }, []);
}
