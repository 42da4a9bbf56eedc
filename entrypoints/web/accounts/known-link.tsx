/** Looks up a one-time link by its token before the page shows anything else. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from '../shell/loading';
import { Outside } from '../shell/outside';
import { NoLink } from './no-link';
import { useToken } from './use-token';

interface Linked<Known> {
  /** Names the kind of link in the cache. */
  kind: string;
  look: (token: string) => Promise<Known>;
  /** The heading when the link does not work. */
  refused: string;
  children: (token: string, known: Known) => ReactNode;
}

export function KnownLink<Known extends object>({ kind, look, refused, children }: Linked<Known>) {
  const token = useToken();
  const { data: known, error } = useQuery<Known>({
    queryKey: [kind, token],
    queryFn: () => look(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (error) {
    return (
      <Outside title={refused}>
        <NoLink error={error} />
      </Outside>
    );
  }
  return known ? children(token, known) : <Loading />;
}
