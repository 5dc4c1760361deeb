import { drawText } from './chance.js';
import type { Caller } from './identity.js';
import { ServiceError } from './service-error.js';

export interface Role {
  readonly roleArn: string;
  /** When set, AssumeRole has to bring exactly this one. */
  readonly externalId?: string;
  /** Account ids or principal ARNs that may assume it; default: everybody. */
  readonly trusts?: readonly string[];
}

/** Credentials in the SDK's own form. */
export interface SandboxCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface AssumeRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  readonly durationSeconds: number;
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ROLE_ARN = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(.+)$/;
/** A role that was itself assumed gives at most this (role chaining). */
const MAX_CHAINED_SECONDS = 3_600;

/** The roles that exist, and whose credentials are whose. */
export class Roles {
  readonly #roles = new Map<string, Role>();
  readonly #callers = new Map<string, Caller>();

  constructor(private readonly options: { now: () => number; random: () => number; defaultAccount: string }) {}

  add(role: Role): void {
    if (!ROLE_ARN.test(role.roleArn)) throw new Error(`roleArn: "${role.roleArn}" is not the ARN of a role`);
    this.#roles.set(role.roleArn, role);
  }

  /** Credentials of a user of any account, made without a call: for setting a scene up. They never end. */
  credentials(account: string, userName = 'sandbox'): SandboxCredentials {
    const arn = `arn:aws:iam::${account}:user/${userName}`;
    const accessKeyId = `AKIA${drawText(this.options.random, 16, UPPER)}`;
    this.#callers.set(accessKeyId, { accessKeyId, account, arn, principalId: 'AIDASANDBOXUSER' });
    return this.#credentials(accessKeyId, Number.MAX_SAFE_INTEGER / 2);
  }

  /** The owner of an access key; an unknown key belongs to the default account. */
  callerOf(accessKeyId: string): Caller {
    const known = this.#callers.get(accessKeyId);
    if (known?.expiresAt !== undefined && known.expiresAt <= this.options.now()) {
      throw new ServiceError('ExpiredTokenException', 'The security token included in the request is expired');
    }
    if (known !== undefined) return known;
    const account = this.options.defaultAccount;
    const caller = {
      accessKeyId,
      account,
      arn: `arn:aws:iam::${account}:user/sandbox`,
      principalId: 'AIDASANDBOXUSER',
    };
    this.#callers.set(accessKeyId, caller);
    return caller;
  }

  /** Issues credentials of the role's account, or throws AccessDenied without telling what was missing. */
  assume(caller: Caller, request: AssumeRequest): { credentials: SandboxCredentials; caller: Caller } {
    const role = this.#roles.get(request.roleArn);
    const [, partition = '', account = '', roleName = ''] = ROLE_ARN.exec(request.roleArn) ?? [];
    if (role === undefined || !trusts(role, caller) || !idFits(role, request)) {
      throw new ServiceError(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${request.roleArn}`,
        403,
      );
    }
    if (caller.roleArn !== undefined && request.durationSeconds > MAX_CHAINED_SECONDS) {
      throw new ServiceError('ValidationError', 'A role assumed by role chaining lasts at most one hour.');
    }
    const accessKeyId = `ASIA${drawText(this.options.random, 16, UPPER)}`;
    const name = roleName.slice(roleName.lastIndexOf('/') + 1);
    const assumed: Caller = {
      accessKeyId,
      account,
      arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${request.sessionName}`,
      principalId: `AROASANDBOXROLE:${request.sessionName}`,
      roleArn: request.roleArn,
      expiresAt: this.options.now() + request.durationSeconds * 1000,
    };
    this.#callers.set(accessKeyId, assumed);
    return { credentials: this.#credentials(accessKeyId, assumed.expiresAt ?? 0), caller: assumed };
  }

  #credentials(accessKeyId: string, expiresAt: number): SandboxCredentials {
    const { random } = this.options;
    return {
      accessKeyId,
      secretAccessKey: drawText(random, 40),
      sessionToken: drawText(random, 64),
      expiration: new Date(Math.min(expiresAt, 8_640_000_000_000_000)),
    };
  }
}

function trusts(role: Role, caller: Caller): boolean {
  return (
    role.trusts === undefined ||
    [caller.account, caller.arn, caller.roleArn].some((id) => id !== undefined && role.trusts?.includes(id))
  );
}

/** A role without an external id ignores the one that a caller brings. */
function idFits(role: Role, request: AssumeRequest): boolean {
  return role.externalId === undefined || role.externalId === request.externalId;
}
