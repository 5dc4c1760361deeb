import type { Log } from '../aws/log.js';
import type { ReplicatorError } from '../core/failure.js';
import type { Outcome } from '../core/outcome.js';
import type { Replicated } from '../flow/replicate-all.js';

/** One line per outcome: what happened where, to which events it answers, never a value. */
export function logReplicated(log: Log, { changes, report }: Replicated): void {
  const about = log.with({ events: changes.flatMap((change) => change.eventIds), secret: changes[0]?.secret ?? '' });
  switch (report.kind) {
    case 'ignored':
      return about.info('change ignored', { reason: report.reason });
    case 'unread':
      return about.error('source not read', reasonOf(report.error));
    case 'replicated': {
      const source = about.with({ secret: report.source, sourceVersion: report.version });
      for (const outcome of report.outcomes) logOutcome(source, outcome);
      if (report.unsettled !== undefined) source.error('source not settled', reasonOf(report.unsettled));
    }
  }
}

function logOutcome(log: Log, outcome: Outcome): void {
  const { destination, region, name } = outcome.replica;
  // A destination without a name of its own is called by its region.
  const where = { destination, region: region === (destination as string) ? undefined : region, replica: name };
  switch (outcome.kind) {
    case 'written': {
      const { how, version, durationMs, transform } = outcome;
      const hits = transform?.rules.reduce((sum, rule) => sum + rule.hits, 0);
      return log.info('replica written', {
        ...where,
        how,
        version,
        durationMs,
        mode: transform?.mode,
        rules: transform?.digest,
        hits,
      });
    }
    case 'unchanged':
      return log.info('replica unchanged', { ...where, version: outcome.version });
    case 'held':
      return log.warn('replica held', { ...where, version: outcome.version });
    case 'slowed': {
      const until = new Date(outcome.dueAt).toISOString();
      return log.warn('replica slowed', { ...where, version: outcome.version, until });
    }
    case 'pending':
      return log.info('replica pending', { ...where, how: outcome.how, version: outcome.version });
    case 'blocked':
      return log.error('replica blocked', { ...where, ...reasonOf(outcome.error) });
    case 'failed':
      return log.error('replica failed', { ...where, ...reasonOf(outcome.error), durationMs: outcome.durationMs });
  }
}

/** Of an error of ours what it says; of a defect also where it came from, without the message, which may quote anything. */
export function reasonOf(error: ReplicatorError): { code: string; reason: string; frames?: string[] } {
  const { code, message, cause } = error;
  if (code !== 'Unexpected' || !(cause instanceof Error)) return { code, reason: message };
  return { code, reason: message, frames: (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) };
}
