import type { Log } from '../../src/aws/log.js';
import type { Fields } from '../../src/aws/log-record.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';

/** The namespace of our metrics, and the resources of the stack as dimensions name them. */
export interface Names {
  readonly namespace: string;
  readonly queues: Readonly<Record<'Queue' | 'DeadLetters' | 'UndeliveredNative' | 'UndeliveredFromTrail', string>>;
  readonly function: string;
  readonly logGroup: string;
}

const SOURCE = { account: '111122223333', region: 'us-east-1' };
/** What stands in a log line beside message and fields: level, time, request. Bytes, about. */
const LINE_BYTES = 130;

/** What SQS, Lambda and CloudWatch Logs publish of themselves each minute; the stand-in publishes for nobody. */
export class Platform {
  readonly #sandbox: Sandbox;
  readonly #names: Names;
  #invocations = 0;
  #durationMs = 0;
  #bytes = 0;

  constructor(sandbox: Sandbox, names: Names) {
    this.#sandbox = sandbox;
    this.#names = names;
  }

  readonly log: Log = {
    debug: () => undefined,
    info: (message, fields) => this.#count(message, fields),
    warn: (message, fields) => this.#count(message, fields),
    error: (message, fields) => this.#count(message, fields),
    with: () => this.log,
    written: async () => undefined,
  };

  invoked(ms: number): void {
    this.#invocations += 1;
    this.#durationMs += ms;
  }

  sample(): void {
    const at = this.#sandbox.now();
    for (const [name, QueueName] of Object.entries(this.#names.queues)) {
      const queue = this.#sandbox.queues.get(name);
      const { visible, notVisible } = queue.counts();
      const ages = queue.messages().map(({ sentAt }) => (at - sentAt) / 1_000);
      this.#publish('AWS/SQS', { QueueName }, 'ApproximateNumberOfMessagesVisible', visible);
      this.#publish('AWS/SQS', { QueueName }, 'ApproximateNumberOfMessagesNotVisible', notVisible);
      this.#publish('AWS/SQS', { QueueName }, 'ApproximateAgeOfOldestMessage', Math.max(0, ...ages));
    }
    const { function: FunctionName, logGroup: LogGroupName } = this.#names;
    this.#publish('AWS/Lambda', { FunctionName }, 'Invocations', this.#invocations);
    this.#publish('AWS/Lambda', { FunctionName }, 'Duration', this.#durationMs);
    this.#publish('AWS/Logs', { LogGroupName }, 'IncomingBytes', this.#bytes);
    [this.#invocations, this.#durationMs, this.#bytes] = [0, 0, 0];
  }

  #count(message: string, fields: Fields = {}): void {
    this.#bytes += JSON.stringify({ message, ...fields }).length + LINE_BYTES;
  }

  #publish(namespace: string, dimensions: Readonly<Record<string, string>>, name: string, value: number): void {
    const point = { namespace, name, dimensions, at: this.#sandbox.now(), unit: 'None', values: [value], counts: [1] };
    this.#sandbox.metrics.add({ ...SOURCE, ...point });
  }
}
