// In layers of their own: the page's rules win whichever sheet comes first.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './shell/page.css';
import './shell/print.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { consultantsQuery, meQuery, queryClient } from './api/queries';
import { App } from './app';
import { leaveCompositionsAlone } from './shell/composing';
import { followRefusals } from './shell/focus';
import { NotLoaded } from './shell/lazily';
import { theme } from './theme';
import { startWords } from './words';

// The content security policy allows only style elements with this nonce.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);

/** The page reports a part that could not be loaded; every other failure is a fault of Calendra. */
function report(error: unknown) {
  if (!(error instanceof NotLoaded)) console.error(error);
}

leaveCompositionsAlone(window);
followRefusals();

const root = document.getElementById('root');
if (root) {
  // A person who has signed in before probably opens the calendar, so load it first.
  if (document.documentElement.dataset.place === 'inside') {
    void queryClient.prefetchQuery(meQuery);
    void queryClient.prefetchQuery(consultantsQuery);
    if (window.location.pathname === '/') void import('./calendar/calendar-page').catch(() => {}); // asked for again
  }
  await startWords().catch(() => {}); // English, until the server answers again
  createRoot(root, { onCaughtError: report }).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
