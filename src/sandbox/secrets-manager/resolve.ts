import { drawText } from '../chance.js';
import { partitionOf } from '../identity.js';
import { ServiceError } from '../service-error.js';
import type { Scope } from './scope.js';
import type { SecretState } from './state.js';

const ARN = /^arn:(aws[a-z-]*):secretsmanager:([a-z0-9-]+):(\d{12}):secret:(.+)$/s;
const SUFFIXED = /^(.+)-([A-Za-z0-9]{6})$/s;
/** Letters, digits and `/_+=.@-` (CreateSecret, Name). */
const NAME = /^[A-Za-z0-9/_+=.@-]+$/;

export function demandValidName(name: string): void {
  if (!NAME.test(name)) {
    throw new ServiceError(
      'ValidationException',
      'Invalid name. A name holds only ASCII letters, digits and the characters /_+=.@-',
    );
  }
}

/** A re-created secret gets another suffix. */
export function newSuffix(scope: Scope): string {
  return drawText(scope.random, 6);
}

export function arnOf(account: string, region: string, name: string, suffix: string): string {
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${account}:secret:${name}-${suffix}`;
}

/** The secret that a SecretId means for this caller: name, full ARN or partial ARN. Throws ResourceNotFoundException. */
export function resolve(scope: Scope, secretId: string, stale = false): SecretState {
  const secret = secretId.startsWith('arn:') ? byArn(scope, secretId, stale) : scope.store.see(secretId, stale);
  if (secret === undefined) throw notFound();
  scope.arn = secret.arn;
  return secret;
}

function notFound(): ServiceError {
  return new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

function byArn(scope: Scope, arn: string, stale: boolean): SecretState | undefined {
  const match = ARN.exec(arn);
  if (match === null) throw new ServiceError('ValidationException', 'Invalid ARN.');
  const [, partition, region, account, resource = ''] = match;
  // The stand-in holds no resource policies that grant, so an account is entered by its own roles only.
  if (account !== scope.call.caller.account) throw denied(scope, arn);
  if (region !== scope.call.region || partition !== partitionOf(region)) return undefined;
  const suffixed = SUFFIXED.exec(resource);
  // The troubleshooting page: an ARN that ends in a hyphen and six characters is read as a full one, so the partial ARN
  // of a secret whose own name ends that way finds nothing.
  if (suffixed === null) return scope.store.see(resource, stale);
  const secret = scope.store.see(suffixed[1] ?? '', stale);
  return secret?.suffix === suffixed[2] ? secret : undefined;
}

function denied(scope: Scope, arn: string): ServiceError {
  const action = `secretsmanager:${scope.call.operation}`;
  return new ServiceError(
    'AccessDeniedException',
    `User: ${scope.call.caller.arn} is not authorized to perform: ${action} on resource: ${arn} because no resource-based policy allows the ${action} action`,
  );
}
