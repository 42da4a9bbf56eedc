/** Only a path of ours: whatever else a link names, it leads to the calendar. */
export function withinHere(next: string | null, here: string): string {
  const address = next?.startsWith('/') ? URL.parse(next, here) : null;
  // A path that begins with two slashes would name another host to whoever reads it next.
  const ours = address?.origin === here && !address.pathname.startsWith('//');
  return ours ? `${address.pathname}${address.search}` : '/';
}
