/** From a day on the practice demands a second factor, and this person has none yet. */
import { Button } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { secondFactorQuery } from '../api/queries';
import { lazily } from '../shell/lazily';
import { Mishap } from '../shell/mishap';
import classes from '../shell/shell.module.css';
import { useMoment } from '../words/use-moment';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';

const AccountDialog = lazily(() => import('./account-dialog'));

export function FactorNotice() {
  const { t } = useWords();
  const moment = useMoment();
  const [settings, setSettings] = useState(false);
  const { data: own } = useQuery({ ...secondFactorQuery, enabled: useMe().practice.second_factor_from !== null });
  if (!own?.demanded_from && !settings) return null;
  return (
    <>
      {own?.demanded_from && (
        <section className={classes.banner} aria-label={t('second_factor.demand.soon_title')}>
          <IconShieldLock size={18} aria-hidden />
          <p role="status">{t('second_factor.demand.soon', { when: moment(own.demanded_from) })}</p>
          <span className={classes.bannerWays}>
            <Button size="xs" onClick={() => setSettings(true)}>
              {t('second_factor.demand.set_up')}
            </Button>
          </span>
        </section>
      )}
      {settings && (
        <Mishap>
          <Suspense>
            <AccountDialog onClose={() => setSettings(false)} />
          </Suspense>
        </Mishap>
      )}
    </>
  );
}
