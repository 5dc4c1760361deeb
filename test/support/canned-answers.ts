import { HttpResponse } from '@smithy/core/protocols';
import type { HttpHandler } from '../../src/aws/client-config.js';

/** What a service may answer beside what it should. */
export interface CannedAnswer {
  readonly status: number;
  readonly body: string;
}

interface Request {
  readonly hostname: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** Answers some operations of one region with something of the test's own. */
export class CannedAnswers {
  readonly #region: string;
  #answers = new Map<string, CannedAnswer>();

  constructor(region: string) {
    this.#region = region;
  }

  answer(operation: string, answer: CannedAnswer): void {
    this.#answers.set(operation, answer);
  }

  around = (inner: HttpHandler): HttpHandler =>
    new Proxy(inner, {
      get: (target, key, receiver) => {
        if (key !== 'handle') return Reflect.get(target, key, receiver) as unknown;
        return async (...call: Parameters<HttpHandler['handle']>) => {
          const [request] = call as [Request];
          const { hostname } = request;
          const operation = operationOf(request);
          const canned = hostname.includes(`.${this.#region}.`) ? this.#answers.get(operation) : undefined;
          if (canned === undefined) return target.handle(...call);
          return { response: new HttpResponse({ statusCode: canned.status, body: Buffer.from(canned.body) }) };
        };
      },
    });
}

/** As the JSON protocol tells it, or the query protocol. */
function operationOf({ headers, body }: Request): string {
  const target = headers['x-amz-target']?.split('.').at(-1);
  return target ?? /(?:^|&)Action=(\w+)/.exec(Buffer.from(body).toString())?.[1] ?? '';
}
