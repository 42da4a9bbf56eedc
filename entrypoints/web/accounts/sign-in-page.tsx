import { useEffect } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { Loading } from '../shell/loading';
import { SignedIn } from './signed-in';
import { withinHere } from './within-here';

/** For links from elsewhere: `?next=` names the next page, within Calendra. */
export function SignInPage() {
  const [search] = useSearchParams();
  return (
    <SignedIn>
      <GoOn to={withinHere(search.get('next'), window.location.origin)} />
    </SignedIn>
  );
}

function GoOn({ to }: { to: string }) {
  const [, navigate] = useLocation();
  useEffect(() => navigate(to, { replace: true }), [navigate, to]);
  return <Loading />;
}
