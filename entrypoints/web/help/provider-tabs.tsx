import { Link } from 'wouter';
import { useWords } from '../words/use-words';
import classes from './help.module.css';

interface Offered {
  providers: { provider: string; label: string }[];
  here: string | undefined;
}

/** Which provider the page is about, where there is a choice. */
export function ProviderTabs({ providers, here }: Offered) {
  const { t } = useWords();
  if (providers.length < 2) return null;
  return (
    <nav aria-label={t('help.providers')} className={classes.providers}>
      {providers.map(({ provider, label }) => (
        <Link key={provider} href={`/help/${provider}`} aria-current={provider === here ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
