import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serve, type SandboxServer } from '../../src/sandbox/server.js';
import { hasMoto, startMoto, type MotoServer } from './contract/moto.js';
import { REGION, START, world } from './world.js';

const { sandbox, clock } = world();
let server: SandboxServer;
beforeAll(async () => {
  server = await serve(sandbox, { port: 0 });
  sandbox.buckets.create('rules');
});
afterAll(() => server.close());

const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261102/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`;

interface Asked {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** As `fetch`, which gives no request the host that it is to have. */
async function ask({ url, method = 'GET', headers = {}, body }: Asked) {
  const sent = request(url, { method, headers: { authorization: AUTHORIZATION, ...headers } });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve).on('error', reject);
  });
  sent.end(body);
  const answer = await answered;
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

const at = (path: string, rest: Omit<Asked, 'url'> = {}) => ask({ url: `${server.url}${path}`, ...rest });

test('an object is read as it was put, under an ETag that follows its bytes', async () => {
  const put = await at('/rules/a/b%20c.json', { method: 'PUT', body: '{"a":1}' });
  const got = await at('/rules/a/b%20c.json?x-id=GetObject');
  expect(got).toMatchObject({ status: 200, body: '{"a":1}', headers: { etag: put.headers.etag } });
  expect(got.headers['last-modified']).toBe(new Date(START).toUTCString());
  expect((await at('/rules/a/b%20c.json', { method: 'PUT', body: '{"a":2}' })).headers.etag).not.toBe(put.headers.etag);
  expect(sandbox.buckets.get('rules', 'a/b c.json').body.toString()).toBe('{"a":2}');
});

test('the host may name the bucket, as the SDK writes it on this machine and elsewhere', async () => {
  sandbox.buckets.put('rules', 'replicator.json', 'mine');
  for (const host of [
    'rules.localhost:4590',
    'rules.localhost',
    'rules.s3.us-east-1.amazonaws.com',
    'rules.s3.amazonaws.com',
  ])
    expect(await at('/replicator.json', { headers: { host } })).toMatchObject({ status: 200, body: 'mine' });
  for (const host of ['localhost:4590', 's3.us-east-1.amazonaws.com'])
    expect(await at('/rules/replicator.json', { headers: { host } })).toMatchObject({ status: 200, body: 'mine' });
});

test('who knows the ETag is told so without the object', async () => {
  const { etag } = sandbox.buckets.put('rules', 'known', 'text');
  const known = await at('/rules/known', { headers: { 'if-none-match': etag } });
  expect(known).toMatchObject({ status: 304, body: '', headers: { etag } });
  const other = await at('/rules/known', { headers: { 'if-none-match': '"other"' } });
  expect(other).toMatchObject({ status: 200, body: 'text' });
});

test('a size is told without the object, and a deleted object is gone', async () => {
  sandbox.buckets.put('rules', 'gone', 'text');
  expect(await at('/rules/gone', { method: 'HEAD' })).toMatchObject({
    status: 200,
    body: '',
    headers: { 'content-length': '4' },
  });
  expect(await at('/rules/gone', { method: 'DELETE' })).toMatchObject({ status: 204 });
  expect(await at('/rules/gone')).toMatchObject({
    status: 404,
    body: expect.stringContaining('<Code>NoSuchKey</Code>'),
  });
});

test.each([
  ['/absent/key', 404, 'NoSuchBucket'],
  ['/rules/absent', 404, 'NoSuchKey'],
  ['/theirs/key', 403, 'AccessDenied'],
  ['/rules/key?versionId=1', 501, 'NotImplemented'],
  ['/rules', 501, 'NotImplemented'],
])('%s is refused with %i %s', async (path, status, code) => {
  if (path.startsWith('/theirs')) sandbox.buckets.create('theirs', '222222222222');
  expect(await at(path)).toMatchObject({ status, body: expect.stringContaining(`<Code>${code}</Code>`) });
});

test.each([
  ['throttle', 503, 'SlowDown'],
  ['denied', 403, 'AccessDenied'],
  ['error500', 500, 'InternalError'],
] as const)('a fault is told as S3 tells it: %s', async (kind, status, code) => {
  sandbox.faults.add({ kind, service: 's3', times: 1 });
  expect(await at('/rules/any')).toMatchObject({ status, body: expect.stringContaining(`<Code>${code}</Code>`) });
});

test('a body in signed chunks is put together, and one that ends within a chunk is refused', async () => {
  const headers = { 'content-encoding': 'aws-chunked' };
  const chunks = '3;chunk-signature=0\r\n{"a\r\n4\r\n":1}\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
  await at('/rules/chunked', { method: 'PUT', headers, body: chunks });
  expect(sandbox.buckets.get('rules', 'chunked').body.toString()).toBe('{"a":1}');
  expect(await at('/rules/chunked', { method: 'PUT', headers, body: '7\r\n{"a"' })).toMatchObject({ status: 400 });
});

test('every call is in the log', async () => {
  sandbox.calls.clear();
  await at('/rules/absent');
  expect(sandbox.calls.list()).toMatchObject([{ service: 's3', operation: 'GetObject', error: 'NoSuchKey' }]);
});

const hasCli = (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, 'aws')));

test.each(hasCli ? ['aws'] : [])(
  'the stock %s command line publishes an object and reads it again',
  async (command) => {
    const folder = mkdtempSync(join(tmpdir(), 's3-'));
    const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' };
    const env = { PATH: process.env['PATH'], HOME: '/nowhere', AWS_DEFAULT_REGION: REGION, ...keys };
    const copy = (from: string, to: string) =>
      promisify(execFile)(command, ['--endpoint-url', server.url, 's3', 'cp', from, to], { env });
    const [file, back] = [join(folder, 'replicator.json'), join(folder, 'back.json')];
    writeFileSync(file, `{"text":"${'ä'.repeat(10_000)}"}`);
    await copy(file, 's3://rules/published.json');
    await copy('s3://rules/published.json', back);
    expect(readFileSync(back)).toEqual(readFileSync(file));
    rmSync(folder, { recursive: true });
  },
);

describe.each(['the stand-in', ...(hasMoto ? ['moto'] : [])])('%s', (target) => {
  let moto: MotoServer | undefined;
  beforeAll(async () => {
    if (target === 'moto') moto = await startMoto();
  });
  afterAll(() => moto?.stop());

  test('answers each of these requests in the same way', async () => {
    const url = `${moto?.url ?? server.url}/judged`;
    const send = async (path: string, rest: Omit<Asked, 'url'> = {}) => {
      const { status, body, headers } = await ask({ url: `${url}${path}`, ...rest });
      return { status, body, etag: headers.etag, code: /<Code>(\w+)<\/Code>/.exec(body)?.[1] };
    };
    const etag = '"a4f86f7bfc24194b276c22e0ef158197"';
    expect(await send('/key')).toMatchObject({ status: 404, code: 'NoSuchBucket' });
    expect(await send('', { method: 'PUT' })).toMatchObject({ status: 200 });
    expect(await send('/key')).toMatchObject({ status: 404, code: 'NoSuchKey' });
    expect(await send('/key', { method: 'PUT', body: 'rules' })).toMatchObject({ status: 200, etag });
    expect(await send('/key')).toMatchObject({ status: 200, body: 'rules', etag });
    expect(await send('/key', { headers: { 'if-none-match': etag } })).toMatchObject({ status: 304, body: '' });
    expect(await send('/key', { headers: { 'if-none-match': '"0"' } })).toMatchObject({ status: 200, body: 'rules' });
    expect(await send('/key', { method: 'HEAD' })).toMatchObject({ status: 200, body: '', etag });
  });
});

test('the clock of the stand-in dates an object', () => {
  clock.now = START + 60_000;
  expect(sandbox.buckets.put('rules', 'later', 'text').lastModified).toBe(START + 60_000);
});
