/** Where the person is signed in: each browser, one of them this one, and ways to sign out there. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { loginsQuery, queryClient } from '../api/queries';
import type { Login } from '../api/types';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useMoment } from '../words/use-moment';
import { useWords } from '../words/use-words';
import { useBrowserName } from './use-browser-name';

export function Logins() {
  const { t } = useWords();
  const { data: logins = [], error } = useQuery({ ...loginsQuery, staleTime: 0 });
  const signOut = useMutation({
    mutationFn: () => bodyOf(api.DELETE('/api/login/others')),
    onSuccess: ({ ended }) => {
      void queryClient.invalidateQueries({ queryKey: loginsQuery.queryKey });
      tell(ended ? t('account.signed_out_elsewhere', { count: ended }) : t('account.nowhere_else'));
    },
  });
  const trouble = signOut.error ?? error;
  return (
    <Stack>
      {trouble && <Trouble error={trouble} />}
      <Text size="sm">{t('account.browsers_text')}</Text>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('account.browsers')}>
        {logins.map((one) => (
          <OneLogin key={one.id} login={one} />
        ))}
      </Stack>
      <Group justify="flex-end">
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('account.sign_out_elsewhere')}
        </Button>
      </Group>
    </Stack>
  );
}

function OneLogin({ login }: { login: Login }) {
  const { t } = useWords();
  const moment = useMoment();
  const browser = useBrowserName()(login);
  const since = moment(login.made_at);
  const end = useMutation({
    mutationFn: () => api.DELETE('/api/login/sessions/{login_id}', { params: { path: { login_id: login.id } } }),
    onSuccess: () => tell(t('account.signed_out_there')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: loginsQuery.queryKey }),
  });
  return (
    <li>
      {end.error && <Trouble error={end.error} />}
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div>
          <Group gap="xs">
            <Text fw={600}>{browser}</Text>
            {login.here && (
              <Badge variant="default" tt="none">
                {t('account.this_browser')}
              </Badge>
            )}
            {login.new && (
              <Badge variant="default" tt="none">
                {t('account.new_browser')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {t('account.last_used', { when: moment(login.used_at), since })}{' '}
            {login.network && t('account.from_network', { network: login.network })}
          </Text>
        </div>
        {!login.here && (
          <Button
            size="xs"
            variant="default"
            style={{ flexShrink: 0 }}
            loading={end.isPending}
            aria-label={t('account.sign_out_there_of', { browser, since })}
            onClick={() => end.mutate()}
          >
            {t('account.sign_out_there')}
          </Button>
        )}
      </Group>
    </li>
  );
}
