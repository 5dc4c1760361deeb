import { Aws, Stack, Token } from 'aws-cdk-lib';
import { ArnPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { replicaRoleGrants } from '../src/core/access/replica-role-access.js';
import type { DestinationConfig, ReplicationConfig } from '../src/core/config.js';
import { accountOfRole, isRoleArn } from '../src/core/names.js';
import { bundledConfig } from './bundled-config.js';
import { grantTo } from './grant.js';
import { WrongProps } from './wrong-props.js';

export interface ReplicaRoleProps {
  /** Folder with `index.mjs` and `replicator.json`, the same that the replicator is deployed from. */
  readonly bundle: string;
  /** Name of a destination that is written with a role. The role covers every destination that names the same one. */
  readonly destination: string;
  /** ARN of the function's role: the output FunctionRoleArn of the ReplicatorStack. It must exist already. */
  readonly functionRoleArn: string;
}

type DestinationRole = NonNullable<DestinationConfig['role']>;

/** The role that another account gives us, under the name that the configuration says: only our function may take it. */
export class ReplicaRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { bundle, destination, functionRoleArn }: ReplicaRoleProps) {
    super(scope, id);
    const config = bundledConfig(bundle);
    const { arn, account } = roleOfDestination(config, destination);
    if (!isRoleArn(functionRoleArn)) {
      throw new WrongProps(
        `ReplicaRole: functionRoleArn is "${functionRoleArn}"; it takes the ARN of the function's role; read it from the output FunctionRoleArn of the ReplicatorStack and write -c functionRole=<ARN>`,
      );
    }
    requireAccount(Stack.of(this), arn, account);
    const path = arn.slice(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
    this.role = new Role(this, 'Role', {
      roleName: arn.slice(arn.lastIndexOf('/') + 1),
      path,
      description: `Lets the replicator of ${config.source.region} write its replicas`,
      assumedBy: new ArnPrincipal(functionRoleArn).withConditions({
        StringEquals: { 'sts:ExternalId': externalIdsOf(config, arn) },
      }),
    });
    const place = { partition: Aws.PARTITION, account };
    grantTo(this.role, replicaRoleGrants({ config, place, sourceAccount: accountOfRole(functionRoleArn) }, arn));
  }
}

/** Anywhere else the role would be there and nobody would take it. */
function requireAccount({ account, stackName }: Stack, arn: string, wanted: string): void {
  if (Token.isUnresolved(account) || account === wanted) return;
  throw new WrongProps(
    `ReplicaRole: stack ${stackName} is in account ${account} and the configuration asks for ${arn}; deploy the stack in ${wanted} or change roleArn`,
  );
}

/** The role that a destination is written with. Throws with the destinations that have one. */
export function roleOfDestination({ destinations }: ReplicationConfig, name: string): DestinationRole {
  const role = destinations.find(({ id }) => id === name)?.role;
  if (role !== undefined) return role;
  const withRole = destinations.filter((destination) => destination.role !== undefined).map(({ id }) => id);
  throw new WrongProps(
    `ReplicaRole: "${name}" is no destination with a role; ${withRole.length === 0 ? 'the configuration has none; give a destination roleArn and externalId' : `take one of ${withRole.join(', ')}`}`,
  );
}

/** Every destination of the role sends its own. Without one, whoever made us write for them could name this role too. */
function externalIdsOf({ destinations }: ReplicationConfig, arn: string): string[] {
  const sent = destinations.filter(({ role }) => role?.arn === arn);
  const ids = sent.flatMap(({ id, role }) => {
    if (role?.externalId !== undefined) return [role.externalId];
    throw new WrongProps(
      `ReplicaRole: destination ${id} has no externalId; the role's trust asks for one; add externalId beside roleArn`,
    );
  });
  return [...new Set(ids)];
}
