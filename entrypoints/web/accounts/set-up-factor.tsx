/** The page on which a person sets up the second factor that the practice demands. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Outside } from '../shell/outside';
import { useWords } from '../words/use-words';
import { SecondFactors } from './second-factors';
import { SignOut } from './sign-out';

export default function SetUpFactor({ done, onGoOn }: { done: boolean; onGoOn: () => void }) {
  const { t } = useWords();
  const [leaving, setLeaving] = useState(false);
  return (
    <Outside title={t('second_factor.demand.title')}>
      <Text>{t('second_factor.demand.text')}</Text>
      <SecondFactors>
        <Group justify="space-between">
          <Button variant="default" onClick={() => setLeaving(true)}>
            {t('account.sign_out')}
          </Button>
          {done && <Button onClick={onGoOn}>{t('second_factor.demand.go_on')}</Button>}
        </Group>
      </SecondFactors>
      {leaving && <SignOut onStay={() => setLeaving(false)} />}
    </Outside>
  );
}
