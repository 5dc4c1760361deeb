import * as api from '@aws-sdk/client-secrets-manager';

type Output = Readonly<Record<string, unknown>>;
type AnyCommand = ConstructorParameters<typeof api.GetSecretValueCommand>[0] & Record<string, unknown>;

/** Version ids that read well in a difference: `version(1)` is v1. */
export const version = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** One case's own corner of a target: names get a prefix, answers lose what differs from run to run. */
export class Scene {
  constructor(
    private readonly client: api.SecretsManagerClient,
    readonly prefix: string,
    /** A client for another region of the same account. */
    readonly elsewhere: api.SecretsManagerClient,
  ) {}

  /** `db` in this scene. */
  name(short: string): string {
    return `${this.prefix}/${short}`;
  }

  send(operation: string, input: Record<string, unknown>, client = this.client): Promise<Output> {
    const Command = (api as unknown as Record<string, new (input: AnyCommand) => api.GetSecretValueCommand>)[
      `${operation}Command`
    ];
    if (Command === undefined) throw new Error(`no operation ${operation}`);
    return client.send(new Command(input as AnyCommand)) as Promise<unknown> as Promise<Output>;
  }

  /** The error's name, or `accepted`. */
  async tried(operation: string, input: Record<string, unknown>, client = this.client): Promise<string> {
    try {
      await this.send(operation, input, client);
      return 'accepted';
    } catch (error) {
      return (error as Error).name;
    }
  }

  async create(short: string, value = 'one', id = 1, more: Record<string, unknown> = {}): Promise<Output> {
    return this.send('CreateSecret', {
      Name: this.name(short),
      SecretString: value,
      ClientRequestToken: version(id),
      ...more,
    });
  }

  async put(short: string, value: string, id: number, stages?: readonly string[]): Promise<Output> {
    return this.send('PutSecretValue', {
      SecretId: this.name(short),
      SecretString: value,
      ClientRequestToken: version(id),
      ...(stages === undefined ? {} : { VersionStages: stages }),
    });
  }

  async move(short: string, label: string, to: number | undefined, from?: number): Promise<string> {
    return this.tried('UpdateSecretVersionStage', {
      SecretId: this.name(short),
      VersionStage: label,
      ...(to === undefined ? {} : { MoveToVersionId: version(to) }),
      ...(from === undefined ? {} : { RemoveFromVersionId: version(from) }),
    });
  }

  /** `{ v1: [...labels, sorted], … }` as DescribeSecret tells it. */
  async stages(short: string): Promise<Record<string, readonly string[]>> {
    const { VersionIdsToStages } = await this.send('DescribeSecret', { SecretId: this.name(short) });
    const entries = Object.entries((VersionIdsToStages ?? {}) as Record<string, string[]>);
    return Object.fromEntries(
      entries
        .map(([id, labels]) => [`v${Number(id.slice(-12))}`, [...labels].sort()] as const)
        .sort(([a], [b]) => a.localeCompare(b)),
    );
  }

  async value(short: string, more: Record<string, unknown> = {}): Promise<unknown> {
    const output = await this.send('GetSecretValue', { SecretId: this.name(short), ...more });
    return output['SecretString'];
  }

  /** Short names of a listing in this scene, page after page. */
  async listed(more: Record<string, unknown> = {}): Promise<readonly string[]> {
    const names: string[] = [];
    let NextToken: unknown;
    do {
      const page = await this.send('ListSecrets', {
        Filters: [{ Key: 'name', Values: [this.prefix] }],
        ...more,
        ...(NextToken === undefined ? {} : { NextToken }),
      });
      for (const { Name } of page['SecretList'] as { Name: string }[]) names.push(Name.slice(this.prefix.length + 1));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return names;
  }
}
