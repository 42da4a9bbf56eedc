/** To the practice's identity provider and back: what the page keeps in between, in this tab only. */
import { api, bodyOf } from '../api/client';

const KEY = 'calendra-to-provider';

export interface Leaving {
  /** The page to come back to, within Calendra. */
  next: string;
  /** A signed-in person proves again who they are. */
  confirms: boolean;
  /** The provider asks for credentials, so that another person can sign in there. */
  anew?: boolean;
}

export async function toProvider(practice: string, leaving: Leaving) {
  const params = { path: { organization_id: practice }, query: leaving.anew ? { anew: true } : {} };
  const { address } = await bodyOf(
    leaving.confirms
      ? api.POST('/api/login/confirmation/provider')
      : api.POST('/api/sign-in/{organization_id}', { params }),
  );
  sessionStorage.setItem(KEY, JSON.stringify(leaving));
  window.location.assign(address);
}

export function lastLeaving(): Leaving {
  try {
    const { next, confirms } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    return { next: typeof next === 'string' ? next : '/', confirms: confirms === true };
  } catch {
    return { next: '/', confirms: false };
  }
}

/** Where a person is who has to sign in first. */
export function hereOrNext(): string {
  const { pathname, search } = window.location;
  if (!pathname.startsWith('/sign-in')) return `${pathname}${search}`;
  return new URLSearchParams(search).get('next') ?? '/';
}
