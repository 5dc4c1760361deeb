import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { SampleCalls } from '../core/access/sample-calls.js';
import type { ClientConfig } from './client-config.js';
import { failureOf } from './failures.js';

/**
 * Actions that the role's policies do not allow, by IAM's own word and without a call. It knows nothing of policies of secrets and
 * keys. Throws ReplicatorError.
 */
export async function deniedActions(
  config: ClientConfig,
  roleArn: string,
  { grant, resource, context }: SampleCalls,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: roleArn,
    ActionNames: [...grant.actions],
    ResourceArns: [resource],
    ContextEntries: context.map(({ key, values, type }) => ({
      ContextKeyName: key,
      ContextKeyValues: [...values],
      ContextKeyType: type,
    })),
  });
  try {
    const { EvaluationResults = [] } = await new IAMClient(config).send(command, { abortSignal: signal });
    const allowed = new Set(
      EvaluationResults.filter(({ EvalDecision }) => EvalDecision === 'allowed').map(
        ({ EvalActionName }) => EvalActionName,
      ),
    );
    return grant.actions.filter((action) => !allowed.has(action));
  } catch (thrown) {
    throw failureOf(thrown, 'SimulatePrincipalPolicy', config.region);
  }
}
