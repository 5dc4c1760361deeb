import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { packagePath } from './package-path.js';

export interface FunctionProcessOptions {
  /** The bundle; default: the built one. */
  readonly bundle?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Each line that the function prints. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** What the function is told it may take; milliseconds, default one minute. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;

type Reply = {
  readonly id: string;
  readonly answer?: unknown;
  readonly failure?: string;
  readonly cpuMicros: number;
  readonly lifeCpuMicros: number;
  readonly peakKib: number;
};

/** The bundled function in a process of its own, as Lambda runs it: its environment, its output, its crashes. */
export class FunctionProcess {
  readonly #options: FunctionProcessOptions;
  readonly #waiting = new Map<string, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  #child: ChildProcess;

  /** Processor time of all invocations so far, in microseconds. */
  cpuMicros = 0;
  /** Processor time of the process since it began, when it last answered; in microseconds. */
  lifeCpuMicros = 0;
  /** The most memory that the process ever held, in kibibytes. */
  peakKib = 0;

  private constructor(child: ChildProcess, options: FunctionProcessOptions) {
    this.#options = options;
    this.#child = this.#heard(child);
  }

  /** Resolves once the bundle is loaded. Rejects if it cannot be, after its reason went to `onLine`. */
  static async start(options: FunctionProcessOptions): Promise<FunctionProcess> {
    return new FunctionProcess(await started(options), options);
  }

  /** Undefined if it could not be made. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves to the handler's answer; rejects with what it threw. A process that died is replaced first. */
  async invoke(event: unknown): Promise<unknown> {
    if (hasEnded(this.#child)) this.#child = this.#heard(await started(this.#options));
    const id = randomUUID();
    const { timeoutMs = TIMEOUT_MS } = this.#options;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, event, timeoutMs });
    });
  }

  async stop(): Promise<void> {
    if (hasEnded(this.#child)) return;
    // With its output, which may hold lines of the last answer.
    const exit = once(this.#child, 'close');
    this.#child.kill();
    await exit;
  }

  #heard(child: ChildProcess): ChildProcess {
    child.on('message', (message: Reply) => this.#settle(message));
    // One that dies while it is spoken to says so on its exit.
    child.on('error', () => undefined);
    child.on('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`the function's process ended with ${signal ?? `code ${code}`}`));
      this.#waiting.clear();
    });
    return child;
  }

  #settle({ id, answer, failure, cpuMicros, lifeCpuMicros, peakKib }: Reply): void {
    this.cpuMicros += cpuMicros;
    this.lifeCpuMicros = lifeCpuMicros;
    this.peakKib = peakKib;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(failure));
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function started({ bundle, environment, onLine }: FunctionProcessOptions): Promise<ChildProcess> {
  const { PATH = '' } = process.env;
  const child = fork(packagePath('bin/function-runtime.mjs'), [bundle ?? packagePath('dist/lambda/index.mjs')], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    serialization: 'advanced',
  });
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = child[stream];
    if (input !== null) createInterface({ input }).on('line', (line) => onLine?.(line, stream));
  }
  const exited = new AbortController();
  child.once('exit', (code) =>
    exited.abort(new Error(`the function did not start; its process ended with code ${code}`)),
  );
  try {
    await once(child, 'message', { signal: exited.signal });
  } catch (thrown) {
    throw exited.signal.aborted ? exited.signal.reason : thrown;
  }
  return child;
}
