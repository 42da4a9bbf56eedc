/** Allows only paths of Calendra; any other link leads to the calendar. */
export function withinHere(next: string | null, here: string): string {
  const address = next?.startsWith('/') ? URL.parse(next, here) : null;
  // A browser reads a path that begins with two slashes as another host.
  const ours = address?.origin === here && !address.pathname.startsWith('//');
  return ours ? `${address.pathname}${address.search}` : '/';
}
