import { HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions, HttpRequest } from '@smithy/types';
import type { Gateway } from './gateway.js';

/** For `new XClient({ requestHandler })`: the SDK reaches the stand-in without a socket. */
export class SandboxRequestHandler {
  readonly metadata = { handlerProtocol: 'sandbox' };

  constructor(private readonly gateway: Gateway) {}

  /** Rejects with AbortError when the signal fires first, with a Node network error when a fault cuts the connection. */
  async handle(request: HttpRequest, options: HttpHandlerOptions = {}): Promise<{ response: HttpResponse }> {
    const signal = options.abortSignal as AbortSignal | undefined;
    if (signal?.aborted === true) throw abortError();
    const answering = this.gateway.answer({
      method: request.method,
      path: request.path,
      headers: lowerCaseKeys(request.headers),
      body: (request.body as Uint8Array | string | undefined) ?? '',
      origin: `${request.protocol}//${request.hostname}${request.port === undefined ? '' : `:${request.port}`}`,
    });
    const answer = signal === undefined ? await answering : await unlessAborted(answering, signal);
    return {
      response: new HttpResponse({ statusCode: answer.status, headers: answer.headers, body: answer.body }),
    };
  }

  /** Sockets cannot be tuned where there are none. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {}
}

function lowerCaseKeys(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const key in headers) lower[key.toLowerCase()] = headers[key] ?? '';
  return lower;
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortError());
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
