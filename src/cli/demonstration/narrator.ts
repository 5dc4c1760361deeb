import type { ReplicaCheck } from './expected-replicas.js';

/** A line of the function's log, as far as the narrator reads it. */
interface LogLine {
  readonly message?: string;
  readonly secret?: string;
  readonly destination?: string;
  readonly region?: string;
  readonly replica?: string;
  readonly how?: string;
  readonly version?: string;
  readonly hits?: number;
  readonly durationMs?: number;
  readonly code?: string;
  readonly reason?: string;
  readonly object?: string;
}

/** Longest value shown, in characters. */
const MAX_SHOWN = 100;

/** Turns the function's JSON log into lines for a person. Lines without news are left out. */
export function narrate(line: string): string | undefined {
  const record = parsed(line);
  const { message, destination = '', region = '', replica = '' } = record;
  const where = `  ${destination.padEnd(8)} ${region.padEnd(14)} ${replica.padEnd(30)}`;
  switch (message) {
    case 'replica written': {
      const hits = hitsOf(record.hits);
      return `${where} ${(record.how ?? '').padEnd(9)} ${hits.padEnd(8)} ${String(record.durationMs ?? 0).padStart(4)} ms  version ${(record.version ?? '').slice(0, 8)}`;
    }
    case 'replica blocked':
    case 'replica failed':
      return `${where} ${message.slice('replica '.length)}: ${record.code ?? ''}: ${record.reason ?? ''}`;
    case 'source not read':
    case 'source not settled':
    case 'event not understood':
      return `  ${record.secret ?? ''} ${message}: ${record.reason ?? ''}`;
    case 'rules taken':
      return `  rules taken from ${record.object ?? ''}`;
    case 'rules refused':
      return `  rules refused, those before stay in force: ${record.reason ?? ''}`;
    default:
      return undefined;
  }
}

/** A version that was there already and is promoted goes through no rules again. */
function hitsOf(hits: number | undefined): string {
  if (hits === undefined) return '';
  return hits === 1 ? '1 hit' : `${hits} hits`;
}

/** A replica beside its source; the values are the demonstration's own. */
export function compared(check: ReplicaCheck): string {
  const { destination, source, replica, sourceValue, replicaValue, right, refused } = check;
  const where = `${source} -> ${destination}: ${replica}`;
  if (refused !== undefined) return `REFUSED ${where}\n         ${refused}`;
  const head = `${right ? 'right' : 'WRONG'}  ${where}`;
  return [head, `         ${shown(sourceValue)}`, `      -> ${shown(replicaValue)}`].join('\n');
}

function shown(value: string | Uint8Array | undefined): string {
  if (value === undefined) return '(nothing)';
  if (typeof value !== 'string') return `(${value.length} bytes, binary)`;
  const line = value.replaceAll('\n', '\\n');
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
  }
}
