import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccountId } from '../core/names.js';
import type { ClientConfig } from './client-config.js';
import { failureOf } from './failures.js';

/** Whose credentials these are. */
export interface Caller {
  readonly arn: string;
  readonly account: AccountId;
  readonly partition: string;
  /** By the answer's `Date`, epoch milliseconds; undefined where it has none. */
  readonly serverTime?: number;
}

interface Answered {
  readonly response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Every identity may ask this (STS API reference, GetCallerIdentity). Throws ReplicatorError. */
export async function callerIdentity(config: ClientConfig, signal: AbortSignal): Promise<Caller> {
  const client = new STSClient(config);
  let date: string | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      date = (answer as Answered).response?.headers?.['date'];
      return answer;
    },
    { step: 'deserialize', name: 'serverTime' },
  );
  try {
    const { Arn: arn = '', Account: account = '' } = await client.send(new GetCallerIdentityCommand({}), {
      abortSignal: signal,
    });
    const at = Date.parse(date ?? '');
    const partition = arn.split(':')[1] ?? 'aws';
    return { arn, account: account as AccountId, partition, ...(Number.isNaN(at) ? {} : { serverTime: at }) };
  } catch (thrown) {
    throw failureOf(thrown, 'GetCallerIdentity', config.region);
  }
}
