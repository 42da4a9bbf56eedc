/** Whether everybody in the practice needs a second factor, and from when on. */
import { Button, Select, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { meQuery, practiceChanged, queryClient } from '../api/queries';
import { Section } from '../connection/section';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useMoment } from '../words/use-moment';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';

const GRACE_DAYS = ['0', '7', '14', '30'] as const;

export function FactorDemand() {
  const from = useMe().practice.second_factor_from;
  const { t } = useWords();
  const moment = useMoment();
  const [days, setDays] = useState<string>('14');
  const save = useMutation({
    mutationFn: (required: boolean) =>
      bodyOf(api.PUT('/api/practice/second-factor', { body: { required, grace_days: required ? Number(days) : 0 } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      practiceChanged();
      tell(t('second_factor.practice.saved'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(from === null);
  };
  return (
    <Section title={t('second_factor.practice.title')}>
      <form onSubmit={submit} noValidate aria-label={t('second_factor.practice.title')}>
        <Stack maw={460}>
          {save.error && <Trouble error={save.error} />}
          <Text size="sm">
            {from ? t('second_factor.practice.required', { when: moment(from) }) : t('second_factor.practice.optional')}
          </Text>
          {from === null && (
            <Select
              label={t('second_factor.practice.from')}
              description={t('second_factor.practice.about')}
              data={GRACE_DAYS.map((one) => ({ value: one, label: t(`second_factor.practice.in_${one}`) }))}
              value={days}
              allowDeselect={false}
              onChange={(value) => setDays(value ?? '14')}
            />
          )}
          <Button type="submit" w="fit-content" variant={from ? 'default' : 'filled'} loading={save.isPending}>
            {t(from ? 'second_factor.practice.make_optional' : 'second_factor.practice.make_required')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
