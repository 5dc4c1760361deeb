/**
 * What to do with a failure. `again`: the same call may work in a moment, so it is attempted again at once and then by
 * the queue. `later`: a moment will not help but minutes may, so only the queue brings it back. `never`: someone has to
 * change something first, so it goes to the dead letters with its cause.
 */
export type Remedy = 'again' | 'later' | 'never';

const REMEDIES = {
  Throttled: 'again',
  ServiceError: 'again',
  Network: 'again',
  Timeout: 'again',

  LimitExceeded: 'later',
  KeyUnavailable: 'later',
  AccessDenied: 'later',
  CredentialsExpired: 'later',
  DeadlineReached: 'later',
  CircuitOpen: 'later',
  SourceNotVisible: 'later',
  SourceMoving: 'later',
  Raced: 'later',

  NotAnEvent: 'never',
  NotFound: 'never',
  InvalidRequest: 'never',
  InvalidParameter: 'never',
  AlreadyExists: 'never',
  InvalidName: 'never',
  RuleFailed: 'never',
  ContractBroken: 'never',
  BinaryWithRules: 'never',
  ValueTooLarge: 'never',
  ValueEmpty: 'never',
  Foreign: 'never',
  OwnedByAnother: 'never',
  SourceItself: 'never',
  NameTaken: 'never',
  NativeReplica: 'never',
  ManagedByService: 'never',
  RotationEnabled: 'never',
  Unexpected: 'never',
} as const satisfies Record<string, Remedy>;

export type FailureCode = keyof typeof REMEDIES;
export const FAILURE_CODES = Object.keys(REMEDIES) as readonly FailureCode[];

/** Why a destination may not be written: its present state forbids it, and only a person can change that. */
export type BlockReason = Extract<
  FailureCode,
  'Foreign' | 'OwnedByAnother' | 'SourceItself' | 'NativeReplica' | 'ManagedByService' | 'RotationEnabled'
>;

/** Every failure of the replicator: a code for programs, a sentence for people. The sentence never holds a value or a rule's text. */
export class ReplicatorError extends Error {
  override readonly name = 'ReplicatorError';
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get remedy(): Remedy {
    return REMEDIES[this.code];
  }
}

/** Whatever was thrown, as ours. A stranger is our own bug: its kind is kept, its message, which might quote a value, is not shown. */
export function asReplicatorError(thrown: unknown): ReplicatorError {
  if (thrown instanceof ReplicatorError) return thrown;
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  return new ReplicatorError('Unexpected', `unexpected ${kind}; this is a defect of the replicator`, { cause: thrown });
}
