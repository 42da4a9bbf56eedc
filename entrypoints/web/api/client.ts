/** The typed client. Every refusal arrives as a Problem, every silence as Unreachable; nothing else is thrown. */
import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../generated/schema';
import { Problem, type ProblemBody, Unreachable } from './problem';

/** The events that tell the page that its sign-in has ended, and that somebody signed in. */
export const SIGNED_OUT = 'calendra:signed-out';
export const SIGNED_IN = 'calendra:signed-in';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

function csrfToken(): string | undefined {
  return /(?:^|; )(?:__Host-)?calendra_csrf=([^;]*)/.exec(document.cookie)?.[1];
}

async function tokenForChange(): Promise<string> {
  if (!csrfToken()) await fetch('/api/me'); // the cookie comes with any answer, refusals included
  return csrfToken() ?? '';
}

const manners: Middleware = {
  async onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set('x-csrftoken', await tokenForChange());
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return;
    const problem = await problemIn(response);
    if (problem instanceof Problem && problem.code === 'signed_out') window.dispatchEvent(new Event(SIGNED_OUT));
    throw problem;
  },
  onError() {
    return new Unreachable();
  },
};

async function problemIn(response: Response): Promise<Problem | Unreachable> {
  const problem = (await response.json().catch(() => null)) as ProblemBody | null;
  return problem?.code ? new Problem(problem) : new Unreachable();
}

export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(manners);

/** The body of an answer that went well. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
