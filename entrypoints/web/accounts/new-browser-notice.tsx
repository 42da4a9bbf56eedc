/** A browser in which the person had not signed in before did so. In the flow of the page, until it is acknowledged. */
import { Button } from '@mantine/core';
import { IconDeviceLaptop } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { api } from '../api/client';
import { loginsQuery, queryClient } from '../api/queries';
import { lazily } from '../shell/lazily';
import { Mishap } from '../shell/mishap';
import classes from '../shell/shell.module.css';
import { tell } from '../shell/tell';
import { useMoment } from '../words/use-moment';
import { useWords } from '../words/use-words';
import { useBrowserName } from './use-browser-name';

const AccountDialog = lazily(() => import('./account-dialog'));

export function NewBrowserNotice() {
  const { t, explain } = useWords();
  const moment = useMoment();
  const nameOf = useBrowserName();
  const [settings, setSettings] = useState(false);
  const { data: logins = [] } = useQuery(loginsQuery);
  const acknowledge = useMutation({
    mutationFn: () => api.POST('/api/login/sessions/acknowledge'),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: loginsQuery.queryKey }),
    onError: (error) => tell(`${explain(error).detail} ${explain(error).next}`, { trouble: true }),
  });
  const fresh = logins.filter((one) => one.new);
  const names = fresh.map((one) => t('account.new_named', { browser: nameOf(one), since: moment(one.made_at) }));
  return (
    <>
      {fresh.length > 0 && (
        <section className={classes.banner} aria-label={t('account.new_title', { count: fresh.length })}>
          <IconDeviceLaptop size={18} aria-hidden />
          <p role="status">
            {t('account.new_title', { count: fresh.length })}: {names.join('; ')}. {t('account.new_text')}
          </p>
          <span className={classes.bannerWays}>
            <Button size="xs" variant="default" onClick={() => setSettings(true)}>
              {t('account.new_settings')}
            </Button>
            <Button size="xs" loading={acknowledge.isPending} onClick={() => acknowledge.mutate()}>
              {t('account.new_mine')}
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
