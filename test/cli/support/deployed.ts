import { HttpResponse } from '@smithy/core/protocols';
import type { HttpHandler } from '../../../src/aws/client-config.js';

/** What Lambda and EventBridge say, which the stand-in does not. */
export interface Deployed {
  /** By the function's name: its answer to a request. Rejects as a function does; undefined: there is none of that name. */
  readonly invoke: (name: string, request: unknown) => Promise<unknown> | undefined;
  readonly rules: readonly { readonly Name: string; readonly State: string; readonly EventPattern?: string }[];
  /** Nobody may ask. */
  readonly isDenied?: boolean;
}

interface Request {
  readonly hostname: string;
  readonly path: string;
  readonly body: Uint8Array | string;
}

/** A cloud with Lambda and EventBridge's rules in it, two of these to a page. */
export function withDeployed(inner: HttpHandler, deployed: Deployed): HttpHandler {
  return new Proxy(inner, {
    get: (target, key, receiver) => {
      if (key !== 'handle') return Reflect.get(target, key, receiver) as unknown;
      return async (...call: Parameters<HttpHandler['handle']>) => {
        const [request] = call as [Request];
        const [service = ''] = request.hostname.split('.');
        if (service !== 'lambda' && service !== 'events') return target.handle(...call);
        if (deployed.isDenied === true) return refusal(403, 'AccessDeniedException');
        const input: unknown = JSON.parse(
          typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body),
        );
        return service === 'events'
          ? page(deployed, input as { NextToken?: string })
          : invoked(deployed, request.path, input);
      };
    },
  });
}

async function invoked({ invoke }: Deployed, path: string, request: unknown) {
  const name = decodeURIComponent(/\/functions\/([^/]+)\/invocations/.exec(path)?.[1] ?? '');
  const answer = invoke(name, request);
  if (answer === undefined) return refusal(404, 'ResourceNotFoundException');
  try {
    return reply(200, await answer, {});
  } catch (thrown) {
    const { name: errorType, message: errorMessage } = thrown as Error;
    return reply(200, { errorType, errorMessage }, { 'x-amz-function-error': 'Unhandled' });
  }
}

function page({ rules }: Deployed, { NextToken = '0' }: { NextToken?: string }) {
  const next = Number(NextToken) + 2;
  return reply(200, {
    Rules: rules.slice(Number(NextToken), next),
    ...(next < rules.length ? { NextToken: String(next) } : {}),
  });
}

function refusal(statusCode: number, type: string) {
  return reply(statusCode, { __type: type }, { 'x-amzn-errortype': type });
}

function reply(statusCode: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return {
    response: new HttpResponse({ statusCode, headers: { ...headers }, body: Buffer.from(JSON.stringify(body)) }),
  };
}
