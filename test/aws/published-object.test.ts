import { createHash, createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '@smithy/types';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { Clients } from '../../src/aws/clients.js';
import { failureOf } from '../../src/aws/failures.js';
import { PublishedObject } from '../../src/aws/published-object.js';
import { rulesObjectAt } from '../../src/core/rules-object.js';
import { hasMoto, startMoto } from '../sandbox/contract/moto.js';

const REGION = 'eu-west-1';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const credentials = async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: 'session' });
const never = new AbortController().signal;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function objectAt(uri: string, endpoint?: string, requestHandler?: HttpHandler): PublishedObject {
  const network = requestHandler === undefined ? {} : { requestHandler };
  const client = new Clients({ homeRegion: REGION, credentials, ...network }).secretsManager(REGION);
  const object = rulesObjectAt(uri);
  if (object === undefined) throw new Error('no such address');
  return new PublishedObject({ client, object, endpoint, failureOf });
}

/** The object as a server of our own gives it. */
async function served(listener: RequestListener): Promise<PublishedObject> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return objectAt('s3://rules/key', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** What the object is asked for, which nobody answers. */
async function requestFor(uri: string): Promise<HttpRequest> {
  const asked: HttpRequest[] = [];
  const handle = async (request: HttpRequest) => {
    asked.push(request);
    throw Object.assign(new Error('nobody is there'), { code: 'ECONNREFUSED' });
  };
  const handler = { handle, metadata: {}, updateHttpClientConfig: () => {}, httpHandlerConfigs: () => ({}) };
  const read = objectAt(uri, undefined, handler as unknown as HttpHandler).read('"e"', 10, never);
  await expect(read).rejects.toMatchObject({ code: 'Network' });
  const [request] = asked;
  if (request === undefined) throw new Error('nothing was asked');
  return request;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** As the documentation of Signature Version 4 puts it together (S3 API reference, sig-v4-header-based-auth). */
function signatureOf({ path, headers }: HttpRequest): string {
  const names = Object.keys(headers)
    .filter((name) => name !== 'authorization')
    .sort();
  const lines = names.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  const canonical = ['GET', path, '', lines, names.join(';'), sha256('')].join('\n');
  const at = headers['x-amz-date'] ?? '';
  const day = at.slice(0, 8);
  const text = ['AWS4-HMAC-SHA256', at, `${day}/${REGION}/s3/aws4_request`, sha256(canonical)].join('\n');
  const key = [day, REGION, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  return hmac(key, text).toString('hex');
}

describe('an object in S3', () => {
  test.each([
    ['s3://rules/live/replicator.json', 'rules.s3.eu-west-1.amazonaws.com', '/live/replicator.json'],
    ['s3://rules.example.org/a_b-c.json', 's3.eu-west-1.amazonaws.com', '/rules.example.org/a_b-c.json'],
  ])('%s is asked for at its place, signed as S3 wants it', async (uri, hostname, path) => {
    const request = await requestFor(uri);
    expect(request).toMatchObject({ method: 'GET', protocol: 'https:', hostname, path });
    expect(request.headers).toMatchObject({
      host: hostname,
      'if-none-match': '"e"',
      'x-amz-security-token': 'session',
    });
    expect(request.headers['x-amz-content-sha256']).toBe(sha256(''));
    expect(request.headers['authorization']).toContain(`/${REGION}/s3/aws4_request, `);
    expect(request.headers['authorization']).toContain(`Signature=${signatureOf(request)}`);
  });

  test('leaves the client that it is signed with to sign for Secrets Manager', async () => {
    const scopes: string[] = [];
    const server = createServer((request, response) => {
      scopes.push(/\/(\w+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1] ?? '');
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    closing.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = new SecretsManagerClient({ region: REGION, credentials, endpoint, maxAttempts: 1 });
    const object = { uri: 's3://rules/key', bucket: 'rules', key: 'key' };
    const read = new PublishedObject({ client, object, endpoint, failureOf }).read(undefined, 10, never);
    await expect(read).rejects.toMatchObject({ code: 'NotFound' });
    await expect(client.send(new ListSecretsCommand({}))).rejects.toThrow();
    expect(scopes).toEqual(['s3', 'secretsmanager']);
  });

  test.each([
    ['tells its length', { 'content-length': '11' }],
    ['does not', {}],
  ])('of more bytes than were asked for is not read to its end, whether it %s', async (_, headers) => {
    const object = await served((_request, response) => {
      response.writeHead(200, { etag: '"e"', ...headers });
      // The rest never comes.
      response.write('12345678901'.slice(0, 'content-length' in headers ? 1 : 11));
    });
    await expect(object.read(undefined, 10, never)).resolves.toEqual({ kind: 'too-large', etag: '"e"' });
  });

  test('of exactly as many bytes is read', async () => {
    const object = await served((_request, response) => response.writeHead(200, { etag: '"e"' }).end('1234567890'));
    const read = await object.read(undefined, 10, never);
    expect(read).toMatchObject({ kind: 'found', etag: '"e"' });
    expect('bytes' in read && Buffer.from(read.bytes).toString()).toBe('1234567890');
  });

  test.each<[string, string, RequestListener]>([
    [
      'is cut off',
      'Network',
      (request, response) =>
        response.writeHead(200, { etag: '"e"', 'content-length': '9' }).write('1', () => request.socket.destroy()),
    ],
    ['stands still', 'Timeout', (_request, response) => response.writeHead(200, { etag: '"e"' }).write('1')],
    ['does not come', 'Timeout', () => undefined],
    [
      'is in another region',
      'InvalidRequest',
      (_request, response) => response.writeHead(301).end('<Error><Code>PermanentRedirect</Code></Error>'),
    ],
    [
      'may not be read',
      'AccessDenied',
      (_request, response) =>
        response.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>planted</Message></Error>'),
    ],
    [
      'is a page of a proxy',
      'ServiceError',
      (_request, response) => response.writeHead(502).end(`<html>${'planted '.repeat(10_000)}`),
    ],
    ['has no ETag', 'ServiceError', (_request, response) => response.writeHead(200).end('planted')],
  ])('that %s is told as %s', async (_, code, listener) => {
    const object = await served(listener);
    const error: unknown = await object
      .read(undefined, 10, AbortSignal.timeout(200))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ReplicatorError', code });
    expect(String(error)).not.toContain('planted');
  });

  test.each(hasMoto ? ['moto'] : [])('is read from %s, and found the same', async () => {
    const moto = await startMoto();
    closing.push(() => moto.stop());
    const authorization = `AWS4-HMAC-SHA256 Credential=x/20261127/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`;
    const put = (path: string, body?: string) =>
      fetch(`${moto.url}${path}`, {
        method: 'PUT',
        headers: { authorization },
        ...(body === undefined ? {} : { body }),
      });
    await put('/rules');
    const object = objectAt('s3://rules/live/replicator.json', moto.url);
    await expect(object.read(undefined, 10, never)).rejects.toMatchObject({
      code: 'NotFound',
      message: expect.stringContaining('NoSuchKey'),
    });
    await put('/rules/live/replicator.json', 'first');
    const first = await object.read(undefined, 10, never);
    const modified = expect.stringMatching(/^\w{3}, .* GMT$/);
    expect(first).toMatchObject({ kind: 'found', bytes: Buffer.from('first'), modified });
    const etag = 'etag' in first ? first.etag : '';
    await expect(object.read(etag, 10, never)).resolves.toEqual({ kind: 'same' });
    await put('/rules/live/replicator.json', 'second');
    await expect(object.read(etag, 10, never)).resolves.toMatchObject({ kind: 'found', bytes: Buffer.from('second') });
    await put('/rules/live/replicator.json', 'much too large');
    await expect(object.read(etag, 10, never)).resolves.toMatchObject({ kind: 'too-large' });
  });
});
