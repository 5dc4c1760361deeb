import { SQSClient } from '@aws-sdk/client-sqs';
import type { ClientConfig } from './client-config.js';

/** A client for queues of its own region. The host of a queue's URL would win over AWS_ENDPOINT_URL, and an emulator's URLs may name amazonaws.com. */
export function queueClient(home: ClientConfig): SQSClient {
  return new SQSClient({ ...home, useQueueUrlAsEndpoint: false });
}
