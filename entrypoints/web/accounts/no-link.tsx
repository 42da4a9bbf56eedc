import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

/** The page for a link that does not work, with the next step. */
export function NoLink({ error }: { error: unknown }) {
  const { t } = useWords();
  return (
    <>
      <Trouble error={error} />
      <Button component={Link} href="/sign-in" variant="default">
        {t('joining.to_sign_in')}
      </Button>
    </>
  );
}
