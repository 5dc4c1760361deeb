import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect, test } from '@jest/globals';
import { SqsQueue } from '../../src/aws/queue.js';

test('a queue whose URL names another host is reached at the endpoint of the environment', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.headers['x-amz-target']));
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.0').end('{"MessageId":"1"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const home = {
      region: 'us-east-1',
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler(),
      credentials: async () => ({ accessKeyId: 'local', secretAccessKey: 'local' }),
    };
    const queue = new SqsQueue(home, 'https://sqs.us-east-1.amazonaws.com/111122223333/changes');
    await queue.delete('handle', AbortSignal.timeout(10_000));
    expect(asked).toEqual(['AmazonSQS.DeleteMessage']);
  } finally {
    delete process.env['AWS_ENDPOINT_URL'];
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
