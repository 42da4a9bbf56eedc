/** The practice's name, zone and language. */
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { meQuery, practiceChanged, queryClient } from '../api/queries';
import { viewersZone } from '../booking/times';
import { useLimits } from '../shell/limits';
import { isTooLong } from '../shell/longest';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { ZoneSelect } from '../shell/zone-select';
import { LANGUAGES, type Language } from '../words';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';

export default function PracticeForm({ onSaved }: { onSaved?: () => void }) {
  const { practice } = useMe();
  const { t, language: spoken } = useWords();
  const tooLong = useLimits();
  const [name, setName] = useState(practice.name);
  // Until an admin has opened the settings, the zone may be the default.
  const unseen = practice.language === null && practice.zone === 'UTC';
  const [zone, setZone] = useState(unseen ? viewersZone() : practice.zone);
  const [language, setLanguage] = useState<Language>(practice.language ?? (spoken as Language));
  const save = useMutation({
    mutationFn: () => bodyOf(api.PATCH('/api/practice', { body: { name, zone, language } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      practiceChanged();
      tell(t('practice.settings.saved'));
      onSaved?.();
    },
  });
  const { ruleOf } = useRules(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTooLong('name', name)) save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('practice.settings.title')}>
      <Stack maw={460}>
        {save.error && <Trouble error={save.error} />}
        <TextInput
          label={t('practice.settings.name')}
          required
          withAsterisk={false}
          data-autofocus
          error={tooLong('name', name) ?? ruleOf('name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ZoneSelect label={t('practice.settings.zone')} value={zone} onChange={setZone} />
        <Select
          label={t('practice.settings.language')}
          description={t('practice.settings.language_text')}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          value={language}
          allowDeselect={false}
          onChange={(value) => setLanguage(value as Language)}
        />
        <Text size="sm" c="dimmed">
          {t('practice.settings.zone_text')}
        </Text>
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('practice.settings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
