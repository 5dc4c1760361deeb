import type { FailureCode, ReplicatorError } from '../core/failure.js';
import type { ChangeReport, Outcome } from '../core/outcome.js';
import type { Replicated } from '../flow/replicate-all.js';
import { causesOf } from './failed-invocation.js';

/** Rows of an answer; what is in order is counted and not listed. */
const MAX_ROWS = 1_000;

export interface ActionRow {
  readonly source: string;
  readonly destination: string;
  readonly replica: string;
  readonly kind: Outcome['kind'] | ChangeReport['kind'] | 'unsettled';
  /** Of what went wrong. */
  readonly code?: FailureCode;
  readonly detail: string;
}

/** What a run over many secrets adds up to. */
export class SyncTally {
  readonly counts = new Map<string, number>();
  readonly rows: ActionRow[] = [];
  readonly causes: string[] = [];
  /** By destination and name, the source whose replica is yet to be made: nothing at the destination tells of it. */
  readonly #planned = new Map<string, string>();

  add(replicated: Replicated): void {
    const { report, changes } = replicated;
    this.causes.push(...causesOf(replicated));
    if (report.kind === 'replicated') {
      for (const outcome of report.outcomes) this.#addOutcome(report.source, outcome);
      if (report.unsettled !== undefined) this.#addSource(report.source, 'unsettled', toldOf(report.unsettled));
      return;
    }
    const told = report.kind === 'ignored' ? { detail: report.reason } : toldOf(report.error);
    this.#addSource(changes[0]?.secret ?? '', report.kind, told);
  }

  /** What is no destination's. */
  #addSource(source: string, kind: ActionRow['kind'], told: Told): void {
    this.#count(kind);
    this.#row({ source, destination: '', replica: '', kind, ...told });
  }

  #addOutcome(source: string, outcome: Outcome): void {
    const { destination, name } = outcome.replica;
    const rival = outcome.kind === 'pending' ? this.#rivalOf(source, `${destination} ${name}`) : undefined;
    const kind = rival === undefined ? outcome.kind : 'blocked';
    this.#count(kind);
    if (kind === 'unchanged') return;
    const told =
      rival === undefined
        ? detailOf(outcome)
        : { detail: `${rival} would become the same replica; rename one of both` };
    this.#row({ source, destination, replica: name, kind, ...told });
  }

  /** The other source on its way to the same name, if there is one. */
  #rivalOf(source: string, place: string): string | undefined {
    const first = this.#planned.get(place);
    if (first === undefined) this.#planned.set(place, source);
    return first === source ? undefined : first;
  }

  #count(kind: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  #row(row: ActionRow): void {
    if (this.rows.length < MAX_ROWS) this.rows.push(row);
  }
}

type Told = Pick<ActionRow, 'code' | 'detail'>;

function detailOf(outcome: Outcome): Told {
  if ('error' in outcome) return toldOf(outcome.error);
  if (outcome.kind === 'slowed') return { detail: `written too often; due ${new Date(outcome.dueAt).toISOString()}` };
  return { detail: 'how' in outcome ? outcome.how : '' };
}

function toldOf({ code, message }: ReplicatorError): Told {
  return { code, detail: message };
}
