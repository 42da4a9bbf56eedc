/** The typed client. Every refusal arrives as a Problem, every silence as Unreachable; nothing else is thrown but the
 * end of a request that the page itself gave up. */
import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../generated/schema';
import { learnServerTime } from '../words/now';
import { ACCOUNT_CHANGED, believedAccount, FACTOR_NEEDED, SIGNED_OUT } from './account';
import { isAttended, noteUse } from './attendance';
import { confirmed } from './confirmation';
import { codeOf, Problem, type ProblemBody, Unreachable } from './problem';
import { noteAnswer, noteSilence } from './reach';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const PATIENCE = { reading: 20_000, changing: 60_000 }; // milliseconds; a save may wait for the meeting provider
const WHO_AM_I = '/api/me';

function csrfToken(): string | undefined {
  return /(?:^|; )(?:__Host-)?calendra_csrf=([^;]*)/.exec(document.cookie)?.[1];
}

async function tokenForChange(): Promise<string> {
  // The cookie comes with any answer, refusals included. Without an answer the change itself fails with a message.
  if (!csrfToken()) await fetch(WHO_AM_I).catch(() => {});
  return csrfToken() ?? '';
}

const askedAt = new WeakMap<Request, number>();

const manners: Middleware = {
  async onRequest({ request }) {
    const account = believedAccount();
    const asksWho = request.method === 'GET' && new URL(request.url).pathname === WHO_AM_I;
    if (account && !asksWho) request.headers.set('x-calendra-account', account);
    if (isAttended()) noteUse();
    else request.headers.set('x-calendra-unattended', 'true');
    if (!SAFE.has(request.method)) request.headers.set('x-csrftoken', await tokenForChange());
    askedAt.set(request, Date.now());
    return request;
  },
  async onResponse({ request, response }) {
    learnServerTime(response.headers.get('date'), askedAt.get(request) ?? 0);
    if (response.ok) return noteAnswer();
    const problem = await problemIn(response);
    if (problem instanceof Unreachable) noteSilence();
    else noteAnswer();
    const code = codeOf(problem);
    if (code === 'signed_out') window.dispatchEvent(new Event(SIGNED_OUT));
    if (code === 'second_factor_needed') window.dispatchEvent(new Event(FACTOR_NEEDED));
    if (code === 'account_changed') window.dispatchEvent(new Event(ACCOUNT_CHANGED));
    throw problem;
  },
  onError({ error, request }) {
    if (request.signal.aborted) return error as Error;
    noteSilence();
    return new Unreachable();
  },
};

async function problemIn(response: Response): Promise<Problem | Unreachable> {
  const problem = (await response.json().catch(() => null)) as ProblemBody | null;
  return problem?.code ? new Problem(problem) : new Unreachable();
}

/** A server that takes a request and never answers is as good as none, and so is one that stops halfway. */
async function withPatience(request: Request): Promise<Response> {
  const patience = SAFE.has(request.method) ? PATIENCE.reading : PATIENCE.changing;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(patience)]);
  const answer = await fetch(request, { signal });
  const body = await answer.arrayBuffer();
  // A 204 may have no body at all, not even an empty one.
  return new Response(body.byteLength ? body : null, { status: answer.status, headers: answer.headers });
}

/** A request that needs the password again is repeated once the person has entered it; until then its form waits. */
async function sent(request: Request): Promise<Response> {
  const body = SAFE.has(request.method) ? '' : await request.text(); // a request can be sent once
  const send = () => withPatience(new Request(request, body ? { body } : {}));
  const answer = await send();
  if (answer.status !== 403 || codeOf(await problemIn(answer.clone())) !== 'confirmation_needed') return answer;
  if (!(await confirmed())) return answer;
  askedAt.set(request, Date.now());
  return send();
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: sent });
api.use(manners);

/** The body of an answer that went well. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
