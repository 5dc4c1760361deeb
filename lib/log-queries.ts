/** A question to the log, in the language of CloudWatch Logs Insights. */
export interface LogQuery {
  readonly id: string;
  readonly title: string;
  /** Joined by pipes. */
  readonly lines: readonly string[];
}

/** To be replaced by what one looks for. */
export const NAME_PLACEHOLDER = 'NAME OF A SECRET';
export const EVENT_PLACEHOLDER = 'ID OF AN EVENT';

const FAILED = 'message in ["replica failed", "replica blocked", "source not read", "source not settled"]';
const NEWEST_FIRST = ['sort @timestamp desc', 'limit 100'];
const OLDEST_FIRST = ['sort @timestamp asc', 'limit 1000'];

/** What operators ask of the log. Each field is one that the function writes, which a test holds against its lines. */
export const LOG_QUERIES: readonly LogQuery[] = [
  {
    id: 'FailuresByCause',
    title: 'Failures by cause',
    lines: [`filter ${FAILED}`, 'stats count(*) as failures by code, destination', 'sort failures desc'],
  },
  {
    id: 'SlowestReplications',
    title: 'Slowest replications',
    lines: [
      'fields @timestamp, secret, destination, durationMs, how, mode',
      'filter message = "replica written"',
      'sort durationMs desc',
      'limit 100',
    ],
  },
  {
    id: 'StoryOfASecret',
    title: 'The story of one secret',
    lines: [
      'fields @timestamp, message, secret, destination, replica, how, version, code, reason',
      `filter secret like "${NAME_PLACEHOLDER}" or replica like "${NAME_PLACEHOLDER}"`,
      ...OLDEST_FIRST,
    ],
  },
  {
    id: 'ContractsBroken',
    title: 'Contracts broken',
    lines: [
      'fields @timestamp, secret, destination, replica, reason',
      'filter code = "ContractBroken"',
      ...NEWEST_FIRST,
    ],
  },
  {
    id: 'EventToOutcome',
    title: 'What became of an event',
    lines: [
      'fields @timestamp, message, secret, destination, replica, how, code, reason, requestId',
      `filter @message like "${EVENT_PLACEHOLDER}"`,
      ...OLDEST_FIRST,
    ],
  },
  {
    id: 'Reconciles',
    title: 'What reconciles found',
    lines: [
      'fields @timestamp, destination, inSync, drifted, repaired, failed, blocked, orphans, oldestUnsyncedAt',
      'filter message = "destination compared"',
      ...NEWEST_FIRST,
    ],
  },
];
