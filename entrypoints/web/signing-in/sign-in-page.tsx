import { useEffect } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { Loading } from '../shell/loading';
import { SignedIn } from './signed-in';

/** For links from elsewhere: `?next=` says where to go on, within Calendra. */
export function SignInPage() {
  const [search] = useSearchParams();
  return (
    <SignedIn>
      <GoOn to={withinHere(search.get('next'))} />
    </SignedIn>
  );
}

function GoOn({ to }: { to: string }) {
  const [, navigate] = useLocation();
  useEffect(() => navigate(to, { replace: true }), [navigate, to]);
  return <Loading />;
}

/** Only a path of ours: whatever else a link names, it leads to the calendar. */
function withinHere(next: string | null): string {
  const here = window.location.origin;
  const address = next ? URL.parse(next, here) : null;
  return next?.startsWith('/') && address?.origin === here ? `${address.pathname}${address.search}` : '/';
}
