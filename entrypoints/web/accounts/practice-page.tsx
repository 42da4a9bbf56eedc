/** The practice: its settings, people and invitations. For admins. */
import { Button, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link } from 'wouter';
import classes from '../connection/connections.module.css';
import { Section } from '../connection/section';
import { Empty } from '../shell/empty';
import { useTitle } from '../shell/use-title';
import { useWords } from '../words/use-words';
import { FactorDemand } from './factor-demand';
import { ShowFirstSteps } from './first-steps-shown';
import { IdleTime } from './idle-time';
import { Invitations } from './invitations';
import { People } from './people';
import PracticeForm from './practice-form';
import { PracticeHistory } from './practice-history';
import { isAdmin, useMe } from './signed-in';
import { SingleSignOn } from './single-sign-on';

export default function PracticePage() {
  const me = useMe();
  const { t } = useWords();
  useTitle(t('practice.title'));
  return (
    <div className={classes.page}>
      <header className={classes.heading}>
        <Title order={1} size="h3">
          {t('practice.title')}
        </Title>
        {isAdmin(me) && <ShowFirstSteps />}
      </header>
      {isAdmin(me) ? (
        <div className={classes.content}>
          <Section title={t('practice.settings.title')}>
            <PracticeForm />
          </Section>
          <People />
          <Invitations />
          <IdleTime />
          <FactorDemand />
          <SingleSignOn />
          <PracticeHistory />
          <Section title={t('security.title')} text={t('security.about')}>
            <Button component={Link} href="/practice/security-log" variant="default" size="sm" w="fit-content">
              {t('security.open')}
            </Button>
          </Section>
        </div>
      ) : (
        <Empty
          icon={<IconLock size={36} stroke={1.4} />}
          title={t('practice.admins_only')}
          text={t('practice.admins_only_text')}
        />
      )}
    </div>
  );
}
