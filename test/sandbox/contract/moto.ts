import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface MotoServer {
  readonly url: string;
  stop(): void;
}

const program = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((dir) => join(dir, 'moto_server'))
  .find((path) => existsSync(path));

export const hasMoto = program !== undefined;

/** Starts moto's server on a free port of the loopback; rejects when it does not answer in time. */
export async function startMoto(): Promise<MotoServer> {
  if (program === undefined) throw new Error('moto_server is not on PATH');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await answers(url)) return { url, stop: () => child.kill('SIGKILL') };
    await wait(100);
  }
  child.kill('SIGKILL');
  throw new Error('moto_server is on PATH and did not answer within a minute');
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
