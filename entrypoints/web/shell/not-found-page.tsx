import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useWords } from '../words/use-words';
import { Empty } from './empty';

export function NotFoundPage() {
  const { t } = useWords();
  return (
    <Empty title={t('shell.not_found')} text={t('shell.not_found_next')}>
      <Button component={Link} href="/">
        {t('shell.to_calendar')}
      </Button>
    </Empty>
  );
}
