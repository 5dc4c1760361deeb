interface Price {
  readonly dollars: number;
  readonly per: number;
  readonly unit: string;
  /** Page of the service's price list. */
  readonly list: string;
}

const price = (dollars: number, per: number, unit: string, list: string): Price => ({ dollars, per, unit, list });

/** Price lists of us-east-1, without free tiers and without the cheaper tiers of large numbers. */
const PRICES = {
  secretsManagerCall: price(0.05, 10_000, 'calls of Secrets Manager', 'secrets-manager'),
  secret: price(0.4, 1, 'secret, a month', 'secrets-manager'),
  lambdaRequest: price(0.2, 1_000_000, 'invocations of Lambda', 'lambda'),
  gigabyteSecond: price(13.3334, 1_000_000, 'GB-seconds of Lambda on arm64', 'lambda'),
  sqsRequest: price(0.4, 1_000_000, 'requests of SQS', 'sqs'),
  metric: price(0.3, 1, 'metric, a month', 'cloudwatch'),
  putMetricData: price(0.01, 1_000, 'calls of PutMetricData', 'cloudwatch'),
  logGigabyte: price(0.5, 1, 'GB of log', 'cloudwatch'),
  alarm: price(0.1, 1, 'alarm, a month', 'cloudwatch'),
  dashboard: price(3, 1, 'dashboard, a month', 'cloudwatch'),
  keyRequest: price(0.03, 10_000, 'requests of KMS', 'kms'),
  key: price(1, 1, 'key of your own, a month', 'kms'),
} as const satisfies Record<string, Price>;

const cost = (of: keyof typeof PRICES, count: number) => (count * PRICES[of].dollars) / PRICES[of].per;

/** What is measured, for one destination; a test counts again on the real handler. */
export const MEASURED = {
  /** Calls of Secrets Manager for a change that comes alone to a process that knows nothing. */
  callsAChange: 5,
  /** For the same change told a second time, by the trail. */
  callsAgain: 2,
  /** Metrics that a month of changes, one failure a day and a comparison an hour publishes. */
  metrics: 31,
  alarms: 13,
  /** Of our own log, and Lambda's three lines about an invocation. */
  logBytes: 600 + 400,
} as const;

/** GiB; the stack's default. */
const MEMORY = 0.5;
/** A start and five calls of 50 ms, or three. Seconds. */
const SECONDS_A_CHANGE = 0.6;
const SECONDS_AGAIN = 0.2;
const HOURS = 730;
/** Lambda asks a queue that is empty with five connections of 20 s each (Lambda developer guide, with-sqs). */
const POLLS_A_MONTH = 5 * 3 * 60 * HOURS;
/** Sent by the rule, received, deleted. */
const REQUESTS_A_MESSAGE = 3;

export interface CostLine {
  readonly line: string;
  readonly arithmetic: string;
  readonly dollars: (changes: number) => number;
}

/** What depends on nothing but the clock stands in the same table, since it is most of the bill. */
export const LINES: readonly CostLine[] = [
  {
    line: 'Secrets Manager calls',
    arithmetic: `${MEASURED.callsAChange} for the change, ${MEASURED.callsAgain} when the trail tells it again`,
    dollars: (changes) => cost('secretsManagerCall', changes * (MEASURED.callsAChange + MEASURED.callsAgain)),
  },
  {
    line: 'reconciler',
    arithmetic: '20 list calls an hour for 1,000 secrets ([scale](scale.md))',
    dollars: () => cost('secretsManagerCall', HOURS * 20),
  },
  {
    line: 'Lambda',
    arithmetic: `2 invocations a change and one an hour, ${SECONDS_A_CHANGE} s, ${SECONDS_AGAIN} s and 2 s of 0.5 GiB`,
    dollars: (changes) =>
      cost('lambdaRequest', 2 * changes + HOURS) +
      cost('gigabyteSecond', (changes * (SECONDS_A_CHANGE + SECONDS_AGAIN) + HOURS * 2) * MEMORY),
  },
  {
    line: 'SQS',
    arithmetic: `${POLLS_A_MONTH.toLocaleString('en-US')} polls of an empty queue, ${2 * REQUESTS_A_MESSAGE} requests a change`,
    dollars: (changes) => cost('sqsRequest', POLLS_A_MONTH + 2 * REQUESTS_A_MESSAGE * changes),
  },
  { line: 'EventBridge', arithmetic: 'events of AWS services cost nothing', dollars: () => 0 },
  {
    line: 'metrics',
    arithmetic: `${MEASURED.metrics} of our own`,
    dollars: () => cost('metric', MEASURED.metrics),
  },
  {
    line: 'PutMetricData',
    arithmetic: 'one an invocation',
    dollars: (changes) => cost('putMetricData', 2 * changes + HOURS),
  },
  {
    line: 'logs',
    arithmetic: `${MEASURED.logBytes.toLocaleString('en-US')} bytes an invocation`,
    dollars: (changes) => cost('logGigabyte', ((2 * changes + HOURS) * MEASURED.logBytes) / 1e9),
  },
  { line: 'alarms', arithmetic: String(MEASURED.alarms), dollars: () => cost('alarm', MEASURED.alarms) },
  { line: 'dashboard', arithmetic: 'one', dollars: () => cost('dashboard', 1) },
  {
    line: 'keys of your own',
    arithmetic: 'one at the destination; a change decrypts the source and makes a data key',
    dollars: (changes) => cost('key', 1) + cost('keyRequest', changes * 3),
  },
];

const CHANGES = [1_000, 10_000, 100_000];

/** The table of docs/cost.md. */
export function costTable(): string {
  const total: CostLine = {
    line: '**together**',
    arithmetic: '',
    dollars: (changes) => LINES.reduce((sum, { dollars }) => sum + dollars(changes), 0),
  };
  const rows = [...LINES, total].map(({ line, arithmetic, dollars }) =>
    [line, arithmetic, ...CHANGES.map((changes) => dollars(changes).toFixed(2))].join(' | '),
  );
  const head = `| line | a month | ${CHANGES.map((changes) => `${changes.toLocaleString('en-US')} changes`).join(' | ')} |`;
  return [head, '| --- | --- | ---: | ---: | ---: |', ...rows.map((row) => `| ${row} |`)].join('\n');
}

/** What the numbers of the table are multiplied by. */
export function priceTable(): string {
  const rows = Object.values(PRICES).map(
    ({ dollars, per, unit, list }: Price) =>
      `| ${per.toLocaleString('en-US')} ${unit} | ${dollars} | [${list}](https://aws.amazon.com/${list}/pricing/) |`,
  );
  return ['| | dollars | list |', '| --- | ---: | --- |', ...rows].join('\n');
}
