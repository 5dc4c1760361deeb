/** Events as the service would send them, for emulators that send none. */
export interface ChangedSecret {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly versionId: string;
}

let counted = 0;

function envelope(region: string, kind: string, detail: object, resources: readonly string[] = []) {
  counted += 1;
  return {
    version: '0',
    id: `event-${counted}`,
    'detail-type': kind,
    source: 'aws.secretsmanager',
    account: accountIn([detail, resources]),
    time: new Date().toISOString(),
    region,
    resources,
    detail,
  };
}

/** The account of the ARN that an event is about; for one that names none, moto's. */
function accountIn(told: unknown): string {
  return /:secretsmanager:[^:]+:(\d{12}):/.exec(JSON.stringify(told))?.[1] ?? '123456789012';
}

/** "Secret Label Updated": this version has become the current one. */
export function labelUpdated({ arn, name, region, versionId }: ChangedSecret) {
  return envelope(region, 'Secret Label Updated', { name, labelUpdated: 'AWSCURRENT', versionId }, [arn]);
}

/** The same told by CloudTrail, the id as the caller sent it. */
export function apiCall(region: string, eventName: string, requestParameters: object, rest: object = {}) {
  const detail = {
    eventSource: 'secretsmanager.amazonaws.com',
    eventName,
    requestParameters,
    responseElements: null,
    ...rest,
  };
  return envelope(region, 'AWS API Call via CloudTrail', detail);
}
