import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A megabyte of memory brings this share of a processor (Lambda developer guide, memory: 1,769 MB are one vCPU). */
const MEGABYTES_PER_PROCESSOR = 1_769;
/** Microseconds after which a share is given anew; ours, for Lambda's is not published. */
const PERIOD_US = 20_000;

/** A control group of this machine that holds processes to a share of one processor. */
export interface ProcessorShare {
  hold(pid: number): void;
  close(): void;
}

/** What a function of that much memory has during an invocation. Undefined where this machine lets nobody limit processes. */
export function processorShare(megabytes: number): ProcessorShare | undefined {
  const quotaUs = Math.round((PERIOD_US * megabytes) / MEGABYTES_PER_PROCESSOR);
  const isFirstVersion = existsSync('/sys/fs/cgroup/cpu/cpu.shares');
  const group = join(isFirstVersion ? '/sys/fs/cgroup/cpu' : '/sys/fs/cgroup', `secrets-replicator-${process.pid}`);
  const limits: Readonly<Record<string, string>> = isFirstVersion
    ? { 'cpu.cfs_period_us': `${PERIOD_US}`, 'cpu.cfs_quota_us': `${quotaUs}` }
    : { 'cpu.max': `${quotaUs} ${PERIOD_US}` };
  try {
    mkdirSync(group);
  } catch {
    return undefined;
  }
  const close = () => rmdirSync(group);
  try {
    for (const [file, text] of Object.entries(limits)) writeFileSync(join(group, file), text);
  } catch {
    close();
    return undefined;
  }
  return { hold: (pid) => writeFileSync(join(group, 'cgroup.procs'), `${pid}`), close };
}
