import type { Caller } from './identity.js';

/** `userIdentity` of a CloudTrail record. */
export function userIdentity(caller: Caller): Readonly<Record<string, unknown>> {
  const { account: accountId, arn, principalId, accessKeyId, roleArn } = caller;
  if (roleArn === undefined) {
    const userName = arn.slice(arn.lastIndexOf('/') + 1);
    return { type: 'IAMUser', principalId, arn, accountId, accessKeyId, userName };
  }
  const sessionIssuer = {
    type: 'Role',
    principalId: principalId.split(':')[0],
    arn: roleArn,
    accountId,
    userName: roleArn.slice(roleArn.lastIndexOf('/') + 1),
  };
  return { type: 'AssumedRole', principalId, arn, accountId, accessKeyId, sessionContext: { sessionIssuer } };
}
