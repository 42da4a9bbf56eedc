import type { components } from '../generated/schema';

export type ProblemBody = components['schemas']['Problem'];
export type WrongField = components['schemas']['WrongField'];

/** What the API refused, as RFC 9457 says it. The catalogues have the words for each code. */
export class Problem extends Error {
  readonly status: number;
  readonly code: ProblemBody['code'];
  readonly fields: WrongField[];
  readonly data: Record<string, unknown>;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.status = body.status;
    this.code = body.code;
    this.fields = body.fields ?? [];
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

export function codeOf(error: unknown): ProblemBody['code'] | 'unreachable' | 'unexpected' {
  if (error instanceof Problem) return error.code;
  return error instanceof Unreachable ? 'unreachable' : 'unexpected';
}
