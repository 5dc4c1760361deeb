import type { CannedAnswer, CannedRequest } from '../aws/canned-network.js';
import { CURRENT } from '../core/secret-description.js';

const VERSION = '00000000-0000-4000-8000-000000000000';
/** Seconds since the epoch; any will do. */
const DATE = 1;
/** Milliseconds that made-up credentials last: longer than priming. */
const SESSION_MS = 3_600_000;

/** One source, replicas as they are created, and whatever else a first replica asks of AWS. */
export class CannedSecrets {
  readonly #source: { readonly arn: string; readonly name: string };
  readonly #now: () => number;
  readonly #replicas = new Map<string, object>();

  constructor(source: { readonly arn: string; readonly name: string }, now: () => number) {
    this.#source = source;
    this.#now = now;
  }

  get created(): number {
    return this.#replicas.size;
  }

  readonly answer = ({ operation, region, body }: CannedRequest): CannedAnswer => {
    if (operation === 'AssumeRole') return { status: 200, body: this.#session() };
    const asked = JSON.parse(body) as Asked;
    const found = this.#answerOf(operation, region, asked);
    if (found !== undefined) return { status: 200, body: JSON.stringify(found) };
    return { status: 400, body: '{}', fault: 'ResourceNotFoundException' };
  };

  #answerOf(operation: string, region: string, asked: Asked): object | undefined {
    const { arn, name } = this.#source;
    switch (operation) {
      case 'DescribeSecret':
        if (asked.SecretId !== arn) return this.#replicas.get(`${region} ${asked.SecretId}`);
        return described(arn, { Name: name, ClientRequestToken: VERSION });
      case 'GetSecretValue':
        return {
          ARN: arn,
          Name: name,
          VersionId: VERSION,
          VersionStages: [CURRENT],
          SecretString: valueAt(arn, region),
          CreatedDate: DATE,
        };
      case 'CreateSecret':
        this.#replicas.set(`${region} ${asked.Name}`, described(`${arn}-${region}`, asked));
        return { ARN: `${arn}-${region}`, Name: asked.Name, VersionId: asked.ClientRequestToken };
      default:
        return {};
    }
  }

  #session(): string {
    const until = new Date(this.#now() + SESSION_MS).toISOString();
    const keys = '<AccessKeyId>priming</AccessKeyId><SecretAccessKey>priming</SecretAccessKey>';
    const credentials = `<Credentials>${keys}<SessionToken>priming</SessionToken><Expiration>${until}</Expiration></Credentials>`;
    return `<AssumeRoleResponse><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`;
  }
}

/** With what rules are for, hosts and ARNs that name the region, so that they have something to do; and in the form of `credentialsSecret`. */
function valueAt(arn: string, region: string): string {
  const host = `priming.cluster-priming.${region}.rds.amazonaws.com`;
  return JSON.stringify({ host, arn, accessKeyId: 'priming', secretAccessKey: 'priming' });
}

interface Asked {
  readonly SecretId?: string;
  readonly Name?: string;
  readonly ClientRequestToken?: string;
  readonly Tags?: readonly unknown[];
}

function described(arn: string, { Name, ClientRequestToken = '', Tags = [] }: Asked): object {
  const dates = { CreatedDate: DATE, LastChangedDate: DATE };
  return { ARN: arn, Name, Tags, VersionIdsToStages: { [ClientRequestToken]: [CURRENT] }, ...dates };
}
