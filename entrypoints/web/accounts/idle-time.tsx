/** How long logins of the practice's people last without use. */
import { Button, Select, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { meQuery, practiceChanged, queryClient } from '../api/queries';
import type { Me } from '../api/types';
import { Section } from '../connection/section';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';

type Minutes = Me['practice']['idle_minutes'];

const CHOICES: Minutes[] = [15, 60, 480, 10080];

export function IdleTime() {
  const { practice } = useMe();
  const { t } = useWords();
  const [minutes, setMinutes] = useState<Minutes>(practice.idle_minutes);
  const save = useMutation({
    mutationFn: () => bodyOf(api.PUT('/api/practice/idle-time', { body: { minutes } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      practiceChanged();
      tell(t('idle.saved'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Section title={t('idle.section')}>
      <form onSubmit={submit} noValidate aria-label={t('idle.section')}>
        <Stack maw={460}>
          {save.error && <Trouble error={save.error} />}
          <Select
            label={t('idle.label')}
            description={t('idle.about')}
            data={CHOICES.map((one) => ({ value: String(one), label: t(`idle.after_${one}`) }))}
            value={String(minutes)}
            allowDeselect={false}
            onChange={(value) => setMinutes(Number(value) as Minutes)}
          />
          <Button type="submit" w="fit-content" loading={save.isPending} disabled={minutes === practice.idle_minutes}>
            {t('idle.save')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
