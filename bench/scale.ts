/** Requests a second that the service takes per account and region (aws-facts A5), and what we allow ourselves of it. */
const LISTS_PER_SECOND = 100;
/** Pace of writes, below the 50 of CreateSecret (src/flow/pace.ts). */
const WRITES_PER_SECOND = 40;
/** One call and its answer; measured between neighbouring regions it is 20 to 80 ms. Seconds. */
const ROUND_TRIP = 0.05;
/** Sources under way at once, and looked at between two looks at the clock (src/flow). */
const WORKERS = 10;
const CHUNK = 50;
const PAGE = 100;
/** A function of 60 s: 5 s kept for metrics, a quarter of the rest for handing on. Seconds. */
const WORKING = 55 * 0.75;
/** From the message of one part to the start of the next. Seconds. */
const HANDING_ON = 0.5;
/** US dollars a call (Secrets Manager price list: 0.05 for 10,000). */
const PER_CALL = 0.000_005;
const RUNS_A_MONTH = 730;

export interface ScaleRow {
  readonly secrets: number;
  readonly destinations: number;
  readonly listCalls: number;
  readonly steadySeconds: number;
  readonly steadyParts: number;
  readonly dollarsAMonth: number;
  readonly backfillSeconds: number;
  readonly backfillParts: number;
}

/** Destinations in a region each: their buckets are their own, and they are listed and written side by side. */
export function scaleRow(secrets: number, destinations: number): ScaleRow {
  const pages = Math.ceil(secrets / PAGE);
  const listCalls = (1 + destinations) * pages;
  const steady = chained(pages, () => 2 * Math.max(ROUND_TRIP, 1 / LISTS_PER_SECOND));
  const backfill = chained(pages, () => 2 * ROUND_TRIP + backfillPage());
  return {
    secrets,
    destinations,
    listCalls,
    steadySeconds: steady.seconds,
    steadyParts: steady.parts,
    dollarsAMonth: listCalls * PER_CALL * RUNS_A_MONTH,
    backfillSeconds: backfill.seconds,
    backfillParts: backfill.parts,
  };
}

/** Pages one after the other, in as many invocations as they need. */
function chained(pages: number, pageSeconds: () => number): { seconds: number; parts: number } {
  let [seconds, parts, used] = [0, 1, 0];
  for (let page = 0; page < pages; page += 1) {
    if (used >= WORKING) {
      parts += 1;
      used = 0;
      seconds += HANDING_ON;
    }
    const took = pageSeconds();
    used += took;
    seconds += took;
  }
  return { seconds, parts };
}

/**
 * A hundred new secrets: ten workers describe source and replica, read, create at the pace of each region, and look again.
 * The regions' bucket is empty after the first burst, so the pace is even.
 */
function backfillPage(): number {
  let [seconds, due] = [0, 0];
  for (let done = 0; done < PAGE; done += CHUNK) {
    const free = Array.from({ length: WORKERS }, () => seconds);
    for (let one = 0; one < CHUNK; one += 1) {
      const worker = free.indexOf(Math.min(...free));
      const ready = (free[worker] ?? 0) + 3 * ROUND_TRIP;
      const begun = Math.max(ready, due);
      due = begun + 1 / WRITES_PER_SECOND;
      free[worker] = begun + 2 * ROUND_TRIP;
    }
    seconds = Math.max(...free);
  }
  return seconds;
}

/** The table of docs/scale.md. */
export function scaleTable(): string {
  const rows = [1_000, 10_000, 100_000, 500_000].flatMap((secrets) =>
    [1, 3, 10].map((destinations) => scaleRow(secrets, destinations)),
  );
  const head =
    '| secrets | destinations | list calls | a run with nothing to do | invocations | dollars a month | back-fill | invocations |';
  const lines = rows.map((row) =>
    [
      row.secrets.toLocaleString('en-US'),
      row.destinations,
      row.listCalls.toLocaleString('en-US'),
      duration(row.steadySeconds),
      row.steadyParts,
      row.dollarsAMonth.toFixed(2),
      duration(row.backfillSeconds),
      row.backfillParts,
    ].join(' | '),
  );
  return [head, `|${' ---: |'.repeat(8)}`, ...lines.map((line) => `| ${line} |`)].join('\n');
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  if (seconds < 7_200) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}
