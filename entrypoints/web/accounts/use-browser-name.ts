import type { Login } from '../api/types';
import { useWords } from '../words/use-words';

/** “Firefox on Windows”, as far as it is known. */
export function useBrowserName() {
  const { t } = useWords();
  return ({ browser, system }: Login): string =>
    browser && system
      ? t('account.browser_on', { browser, system })
      : (browser ?? system ?? t('account.unknown_browser'));
}
