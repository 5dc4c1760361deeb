declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** An AWS region, `us-east-1`, `us-gov-west-1`, `cn-north-1`. */
export type Region = Branded<'Region'>;
/** Twelve digits. */
export type AccountId = Branded<'AccountId'>;
/** A secret's name as the service prints it: 1 to 512 characters, never an ARN. */
export type SecretName = Branded<'SecretName'>;
/** A secret's full ARN, its six random characters included. */
export type SecretArn = Branded<'SecretArn'>;
/** Whatever a caller may put into `SecretId`: a name, a full ARN or an ARN without its random suffix. */
export type SecretId = Branded<'SecretId'>;
/** The id of one version: the token of the call that made it, 32 to 64 characters. */
export type VersionId = Branded<'VersionId'>;
/** A destination's id in logs, metrics and the CLI. */
export type DestinationId = Branded<'DestinationId'>;

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;
const ROLE_ARN = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/[\w+=,.@/-]{1,576}$/;
/** Letters, digits and `/_+=.@-`, 1 to 512 of them (Secrets Manager API reference, CreateSecret). */
const SECRET_NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;

export const isRegion = (text: string): text is Region => REGION.test(text);
export const isRoleArn = (text: string): boolean => ROLE_ARN.test(text);
/** True for a name that CreateSecret accepts; names of service-managed secrets (`rds!…`) are not. */
export const isWritableName = (text: string): text is SecretName => SECRET_NAME.test(text);

/** The partition in an ARN; undefined for what is none. */
export function partitionInArn(arn: string): string | undefined {
  return /^arn:(aws[a-z-]*):/.exec(arn)?.[1];
}

/** The role's account, for a role ARN that `isRoleArn` accepted. */
export function accountOfRole(roleArn: string): AccountId {
  return (ROLE_ARN.exec(roleArn)?.[2] ?? '') as AccountId;
}

/** Undefined for anything that is not the ARN of a Lambda function. */
export function accountOfFunction(arn: string): AccountId | undefined {
  return /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:(\d{12}):function:/.exec(arn)?.[1] as AccountId | undefined;
}

/** The parts of a secret's ARN before its name: `arn:aws:secretsmanager:us-east-1:111122223333`. */
export interface ArnParts {
  readonly partition: string;
  readonly region: Region;
  readonly account: AccountId;
  /** The name with its six random characters; in a partial ARN without them. Which of both it is cannot be told. */
  readonly resource: string;
}

/** Undefined for anything that is not the ARN of a secret. */
export function parseSecretArn(text: string): ArnParts | undefined {
  const match = /^arn:(aws[a-z-]*):secretsmanager:([a-z0-9-]+):(\d{12}):secret:(.+)$/s.exec(text);
  if (match === null) return undefined;
  const [, partition = '', region = '', account = '', resource = ''] = match;
  return { partition, region: region as Region, account: account as AccountId, resource };
}
