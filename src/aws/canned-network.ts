import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Duplex } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandler } from './client-config.js';

/** A call of the SDK as it would go out. */
export interface CannedRequest {
  readonly operation: string;
  /** The region that it was signed for. */
  readonly region: string;
  readonly body: string;
}

export interface CannedAnswer {
  readonly status: number;
  readonly body: string;
  /** Name of the service's error. */
  readonly fault?: string;
}

export type AnswerCanned = (request: CannedRequest) => CannedAnswer;

/** For SDK clients: all of their HTTP runs, and ends in a function instead of a socket. */
export function cannedNetwork(answer: AnswerCanned): HttpHandler {
  const [httpAgent, httpsAgent] = [new HttpAgent(), new HttpsAgent()];
  for (const agent of [httpAgent, httpsAgent]) agent.createConnection = () => new CannedConnection(answer);
  return new NodeHttpHandler({ httpAgent, httpsAgent });
}

/** The other end of a connection: reads one request after the other and answers each at once. */
class CannedConnection extends Duplex {
  readonly #answer: AnswerCanned;
  #received = Buffer.alloc(0);

  constructor(answer: AnswerCanned) {
    super();
    this.#answer = answer;
  }

  override _read(): void {
    // What there is to read is pushed when a request is complete.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd >= 0) this.#take(this.#received.toString('latin1', 0, headEnd), headEnd + 4);
    done();
  }

  #take(head: string, bodyAt: number): void {
    const end = bodyAt + Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    if (this.#received.length < end) return;
    const body = this.#received.toString('utf8', bodyAt, end);
    this.#received = this.#received.subarray(end);
    const operation = /^x-amz-target: \w+\.(\w+)$/im.exec(head)?.[1] ?? /\bAction=(\w+)/.exec(body)?.[1] ?? '';
    const region = /Credential=[^/]+\/\d+\/([\w-]+)\//.exec(head)?.[1] ?? '';
    this.push(responseOf(this.#answer({ operation, region, body })));
  }

  // What Node's HTTP client asks of a socket.
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

function responseOf({ status, body, fault }: CannedAnswer): string {
  const head = [
    `HTTP/1.1 ${status} Canned`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...(fault === undefined ? [] : [`x-amzn-errortype: ${fault}`]),
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
