import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from './sandbox.js';
import { ConnectionLost } from './service-error.js';

export interface ServeOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly host?: '127.0.0.1';
  /** Take any free port when the wanted one is taken; default: reject. */
  readonly fallback?: boolean;
}

export interface SandboxServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the stand-in over HTTP on the loopback, for the AWS CLI and for processes with AWS_ENDPOINT_URL. */
export async function serve(sandbox: Sandbox, options: ServeOptions): Promise<SandboxServer> {
  const host = options.host ?? '127.0.0.1';
  const server = createServer((request, response) => {
    respond(sandbox, request, response).catch((error: unknown) => fail(request, response, error));
  });
  const port = await listen(server, options.port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' && options.fallback === true) return listen(server, 0, host);
    throw error;
  });
  return { url: `http://${host}:${port}`, port, close: () => close(server) };
}

/** A fault cuts the connection; anything else that is thrown is a mistake of the stand-in, told as one. */
function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (error instanceof ConnectionLost || response.headersSent) {
    request.socket.destroy();
    return;
  }
  response.writeHead(500, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': 'InternalFailure' });
  response.end(JSON.stringify({ __type: 'InternalFailure', message: `The stand-in failed: ${String(error)}` }));
}

/** Rejects when the connection has to be cut. */
async function respond(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(request.headers))
    headers[key] = Array.isArray(value) ? value.join(', ') : value;
  const answer = await sandbox.gateway.answer({
    method: request.method,
    path: request.url ?? '/',
    headers,
    body: Buffer.concat(chunks),
    origin: `http://${headers['host'] ?? ''}`,
  });
  response.writeHead(answer.status, { 'content-length': answer.body.length, ...answer.headers });
  response.end(answer.body);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
