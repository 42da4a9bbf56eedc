import type { components } from '../generated/schema';

export type ProblemBody = components['schemas']['Problem'];

/** What the API refused, as RFC 9457 says it. `detail` and `next` are sentences for people, in English. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly next: string;
  readonly fields: { field: string; rule: string }[];
  readonly data: Record<string, unknown>;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.status = body.status;
    this.code = body.code;
    this.next = body.next;
    this.fields = (body.fields ?? []) as { field: string; rule: string }[];
    this.data = body.data ?? {};
  }

  text(name: string): string {
    const value = this.data[name];
    return typeof value === 'string' ? value : '';
  }

  /** Seconds until trying again makes sense; 0 when nothing is said. */
  get retryAfter(): number {
    const seconds = this.data.retry_after;
    return typeof seconds === 'number' ? seconds : 0;
  }
}

/** No answer, or none that can be understood: nobody knows whether the request arrived. */
export class Unreachable extends Error {}

export function codeOf(error: unknown): string {
  if (error instanceof Problem) return error.code;
  return error instanceof Unreachable ? 'unreachable' : 'unexpected';
}
