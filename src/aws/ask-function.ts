import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReplicatorError } from '../core/failure.js';
import type { ClientConfig } from './client-config.js';
import { failureOf } from './failures.js';

/**
 * What a function answers. Rejects with ReplicatorError if it cannot be invoked or ends in an error, of which the type is told
 * and not the text.
 */
export async function askFunction(
  config: ClientConfig,
  name: string,
  request: object,
  signal: AbortSignal,
): Promise<unknown> {
  const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(request)) });
  try {
    const answer = await new LambdaClient(config).send(command, { abortSignal: signal });
    const payload = parsed(answer.Payload);
    if (answer.FunctionError === undefined) return payload;
    const { errorType } = (payload ?? {}) as { readonly errorType?: unknown };
    const type = typeof errorType === 'string' && /^[\w.]{1,64}$/.test(errorType) ? errorType : answer.FunctionError;
    throw new ReplicatorError('ServiceError', `the function ended with ${type}; its log tells why`);
  } catch (thrown) {
    throw failureOf(thrown, 'Invoke', config.region);
  }
}

function parsed(payload: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(payload ?? []).toString());
  } catch {
    return undefined;
  }
}
