import { Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { AccountChanged } from './accounts/account-changed';
import { ConfirmDialog } from './accounts/confirm-dialog';
import { DemandedFactor } from './accounts/demanded-factor';
import { IdleWarning } from './accounts/idle-warning';
import { SignInAgain } from './accounts/sign-in-again';
import { SignInPage } from './accounts/sign-in-page';
import { SignedIn } from './accounts/signed-in';
import { Announcer } from './shell/announcer';
import { CleanAddress } from './shell/clean-address';
import { FirstFrame, FirstSheet } from './shell/first-frame';
import { lazily } from './shell/lazily';
import { Mishap } from './shell/mishap';
import { NotFoundPage } from './shell/not-found-page';
import { ReachBanner } from './shell/reach-banner';
import { Shell } from './shell/shell';
import { Toasts } from './shell/toasts';
import { learnHelp } from './words';

const CalendarPage = lazily(() => import('./calendar/calendar-page'));
const SessionsPage = lazily(() => import('./booking-list/sessions-page'));
const ClientsPage = lazily(() => import('./clients/clients-page'));
const ClientPage = lazily(() => import('./clients/client-page'));
const ConnectionsPage = lazily(() => import('./connection/connections-page'));
const PracticePage = lazily(() => import('./accounts/practice-page'));
const SecurityLogPage = lazily(() => import('./security/security-log-page'));
const JoinPage = lazily(() => import('./accounts/join-page'));
const ResetPage = lazily(() => import('./accounts/reset-page'));
const StartPage = lazily(() => import('./accounts/start-page'));
const ProviderSignInPage = lazily(() => import('./accounts/provider-sign-in-page'));
const ProviderReturnPage = lazily(() => import('./accounts/provider-return-page'));
const FromDirectory = lazily(() => import('./connection/connect-page'));
const ReturnPage = lazily(() => import('./connection/return-page'));
const PersonalLinkPage = lazily(() => import('./connection/personal-link-page'));
const HelpPage = lazily(async () => {
  await learnHelp();
  return import('./help/help-page');
});

/** The same addresses as in entrypoints/http/web_page.py. */
export function App() {
  return (
    <>
      <Toasts />
      <Announcer />
      <ReachBanner />
      <Mishap>
        <Suspense fallback={<FirstFrame />}>
          <Switch>
            <Route path="/sign-in" component={SignInPage} />
            <Route path="/sign-in/:practice" component={ProviderSignInPage} />
            <Route path="/sign-in/:practice/callback" component={ProviderReturnPage} />
            <Route path="/help/:provider?" component={HelpPage} />
            <Route path="/join" component={JoinPage} />
            <Route path="/reset" component={ResetPage} />
            <Route path="/start" component={StartPage} />
            <Route path="/oauth/:provider/callback" component={ReturnPage} />
            <Route path="/connect/:token" component={PersonalLinkPage} />
            <Route path="/connect-provider/:provider" component={FromDirectory} />
            <Route>
              <CleanAddress>
                <SignedIn>
                  <DemandedFactor>
                    <Inside />
                  </DemandedFactor>
                </SignedIn>
              </CleanAddress>
            </Route>
          </Switch>
        </Suspense>
      </Mishap>
    </>
  );
}

function Inside() {
  return (
    <Shell>
      <Mishap>
        <Suspense fallback={<FirstSheet />}>
          <Switch>
            <Route path="/" component={CalendarPage} />
            <Route path="/sessions" component={SessionsPage} />
            <Route path="/clients" component={ClientsPage} />
            <Route path="/clients/:client_id" component={ClientPage} />
            <Route path="/connections" component={ConnectionsPage} />
            <Route path="/practice" component={PracticePage} />
            <Route path="/practice/security-log" component={SecurityLogPage} />
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </Mishap>
      <ConfirmDialog />
      <IdleWarning />
      <SignInAgain />
      <AccountChanged />
    </Shell>
  );
}
