/**
 * A secret keeps 100 versions, and none younger than a day is ever pruned, so that more than about 90 puts in 24 hours run
 * into the quota (aws-facts A3). Most of them may come as they like; from then on one comes an hour, so that no 24 hours see
 * more than all of them (docs/decisions/0010).
 */
const DAY_MS = 24 * 3_600_000;
const FREE_PUTS = 66;
const ALL_PUTS = 90;

/** Between two puts into a secret that has used up its free ones. Milliseconds. */
export const SPACING_MS = DAY_MS / (ALL_PUTS - FREE_PUTS);

/** When the next put is due; epoch milliseconds, in the past where it is due now. `made` says when each version was made, in any order. */
export function putDueAt(made: readonly number[], now: number): number {
  const today = made.filter((at) => now - at < DAY_MS).sort((a, b) => a - b);
  const [last, blocking] = [today.at(-1), today.at(-ALL_PUTS)];
  if (last === undefined || today.length < FREE_PUTS) return Number.NEGATIVE_INFINITY;
  return Math.max(last + SPACING_MS, blocking === undefined ? 0 : blocking + DAY_MS);
}
