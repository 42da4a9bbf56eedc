import { type ReactNode, useEffect } from 'react';
import { useSearchParams } from 'wouter';
import { cleaned } from './address';

/** Removes invalid parts of the address before a page reads it. */
export function CleanAddress({ children }: { children: ReactNode }) {
  const [search, setSearch] = useSearchParams();
  const clean = cleaned(search);
  useEffect(() => {
    if (clean) setSearch(clean, { replace: true });
  });
  return clean ? null : children;
}
