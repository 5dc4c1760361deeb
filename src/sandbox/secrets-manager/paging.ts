import { ServiceError } from '../service-error.js';
import type { SecretState } from './state.js';
import type { SecretStore } from './store.js';

/** A filtered page looks at no more secrets than this, so it may be short or empty and still carry a NextToken. */
const MAX_SCANNED = 1_000;

export interface PageRequest {
  /** Sequence after which the page starts; 0 for the first page. */
  readonly after: number;
  readonly limit: number;
  readonly descending: boolean;
  readonly accept: (secret: SecretState) => boolean;
  readonly kind: string;
  readonly stale?: boolean;
}

export interface Page {
  readonly secrets: readonly SecretState[];
  readonly nextToken: string | undefined;
}

/** Walks the store from where the last page ended: nothing is copied or sorted. */
export function page(store: SecretStore, request: PageRequest): Page {
  const secrets: SecretState[] = [];
  let scanned = 0;
  let last = request.after;
  for (const entry of store.walk(request.after, request.descending)) {
    if (secrets.length === request.limit || scanned === MAX_SCANNED) {
      return { secrets, nextToken: encodeToken(request.kind, last) };
    }
    scanned += 1;
    last = entry.sequence;
    const secret = request.stale === true ? entry.previous : store.live(entry);
    if (secret !== undefined && request.accept(secret)) secrets.push(secret);
  }
  return { secrets, nextToken: undefined };
}

export function encodeToken(kind: string, position: number): string {
  return Buffer.from(`${kind}:${position}`).toString('base64url');
}

/** The position in a token that `encodeToken` made for the same kind of list; 0 without a token. */
export function decodeToken(kind: string, token: string | undefined): number {
  if (token === undefined) return 0;
  const match = /^([a-z-]+):(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (match?.[1] !== kind) throw new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
  return Number(match[2]);
}

/** A token of a list by name: the last name that was told. */
export function encodeName(name: string): string {
  return Buffer.from(`name:${name}`).toString('base64url');
}

/** Undefined without a token. */
export function decodeName(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const match = /^name:(.+)$/s.exec(Buffer.from(token, 'base64url').toString());
  if (match === null) throw new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
  return match[1];
}
