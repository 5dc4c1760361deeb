import { parseSecretArn } from '../../../src/core/names.js';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import type { SecretState } from '../../../src/sandbox/secrets-manager/state.js';
import type { Request } from './recorded-calls.js';
import type { Call } from './role-policy.js';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Calls that take no resource (service authorization reference). */
const WITHOUT_RESOURCE = new Set(['ListSecrets', 'BatchGetSecretValue']);

/** What a request to Secrets Manager asks of IAM: itself, and what it stands for. */
export function secretCalls(sandbox: Sandbox, request: Request): readonly Call[] {
  const { operation, input, region } = request;
  const own = { action: `secretsmanager:${operation}`, context: contextOf(sandbox, request) };
  if (WITHOUT_RESOURCE.has(operation)) {
    const ids = (input['SecretIdList'] ?? []) as readonly string[];
    // Each of them also needs the permission to be read (API reference, BatchGetSecretValue).
    const reads = ids.flatMap((SecretId) =>
      secretCalls(sandbox, { ...request, operation: 'GetSecretValue', input: { SecretId } }),
    );
    return [{ ...own, resource: '*' }, ...reads];
  }
  const resource = secretOf(sandbox, request)?.arn ?? absentArn(request);
  // A secret that is created with tags is tagged as well (API reference, CreateSecret).
  const isTagging = operation === 'CreateSecret' && input['Tags'] !== undefined;
  const tagging = isTagging ? [{ ...own, action: 'secretsmanager:TagResource', resource }] : [];
  return [{ ...own, resource }, ...tagging].map((call) => ({
    ...call,
    context: { ...call.context, 'aws:RequestedRegion': region },
  }));
}

/** What Secrets Manager does with keys in the name of the caller (user guide, security-encryption). */
const KEY_CALLS: Readonly<Record<string, readonly string[]>> = {
  GetSecretValue: ['Decrypt'],
  CreateSecret: ['GenerateDataKey', 'Decrypt'],
  PutSecretValue: ['GenerateDataKey', 'Decrypt'],
  UpdateSecret: ['GenerateDataKey', 'Decrypt', 'Encrypt'],
};

export function keyCalls(sandbox: Sandbox, request: Request): readonly Call[] {
  const { operation, input } = request;
  if (operation === 'BatchGetSecretValue') {
    const ids = (input['SecretIdList'] ?? []) as readonly string[];
    return ids.flatMap((SecretId) =>
      keyCalls(sandbox, { ...request, operation: 'GetSecretValue', input: { SecretId } }),
    );
  }
  const key = (input['KmsKeyId'] as string | undefined) ?? secretOf(sandbox, request)?.kmsKeyId;
  const isAboutKey = operation !== 'UpdateSecret' || input['KmsKeyId'] !== undefined;
  if (key === undefined || !isAboutKey || key.endsWith('alias/aws/secretsmanager')) return [];
  const context = {
    'kms:ViaService': `secretsmanager.${request.region}.amazonaws.com`,
    'kms:EncryptionContext:SecretARN': secretOf(sandbox, request)?.arn ?? absentArn(request),
    ...(key.includes('alias/') ? { 'kms:ResourceAliases': [key.slice(key.indexOf('alias/'))] } : {}),
  };
  return (KEY_CALLS[operation] ?? []).map((call) => ({
    action: `kms:${call}`,
    resource: keyArn(key, request),
    context,
  }));
}

function keyArn(key: string, { region, caller }: Request): string {
  if (key.startsWith('arn:') && !key.includes(':alias/')) return key;
  return `arn:aws:kms:${region}:${caller.account}:key/${key.includes('alias/') ? 'behind-the-alias' : key}`;
}

function secretOf(sandbox: Sandbox, { input, region, caller }: Request): SecretState | undefined {
  const id = (input['SecretId'] ?? input['Name']) as string | undefined;
  if (id === undefined) return undefined;
  const arn = parseSecretArn(id);
  const resource = arn?.resource ?? id;
  const { account, region: place } = { account: arn?.account ?? caller.account, region: arn?.region ?? region };
  return sandbox.secret(account, place, resource) ?? sandbox.secret(account, place, resource.replace(/-\w{6}$/, ''));
}

/** Of a secret that is to be made, with some suffix; a secret that is only asked about has none. */
function absentArn({ operation, input, region, caller }: Request): string {
  const name = String(input['SecretId'] ?? input['Name']);
  const suffix = operation === 'CreateSecret' ? '-aB3dE5' : '';
  return `arn:aws:secretsmanager:${region}:${caller.account}:secret:${name}${suffix}`;
}

function contextOf(sandbox: Sandbox, request: Request): NonNullable<Call['context']> {
  const { operation, input, region } = request;
  const tags = (input['Tags'] ?? []) as readonly Tag[];
  const present = Object.entries(secretOf(sandbox, request)?.tags ?? {});
  return {
    'aws:RequestedRegion': region,
    ...Object.fromEntries(present.map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    ...(tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(({ Key }) => Key) }),
    ...(operation === 'DeleteSecret'
      ? { 'secretsmanager:ForceDeleteWithoutRecovery': input['ForceDeleteWithoutRecovery'] === true ? 'true' : 'false' }
      : {}),
  };
}
