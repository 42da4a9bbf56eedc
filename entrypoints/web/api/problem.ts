import type { components } from '../generated/schema';

export type ProblemBody = components['schemas']['Problem'];

/** A refusal of the API, in the form of RFC 9457. `detail` and `next` are sentences for people, in English. */
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

  /** Seconds until a new attempt makes sense; 0 if the answer names none. */
  get retryAfter(): number {
    const seconds = this.data.retry_after;
    return typeof seconds === 'number' ? seconds : 0;
  }
}

/** No answer, or an unreadable one: it is unknown whether the request took effect. */
export class Unreachable extends Error {}

export function codeOf(error: unknown): string {
  if (error instanceof Problem) return error.code;
  return error instanceof Unreachable ? 'unreachable' : 'unexpected';
}
