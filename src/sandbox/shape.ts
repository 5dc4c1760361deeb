import { ServiceError } from './service-error.js';

/** The constraints that a service model puts on one member. Lengths of text are UTF-8 bytes when `bytes` is set. */
export type Shape =
  | {
      readonly type: 'string';
      readonly min?: number;
      readonly max?: number;
      readonly bytes?: boolean;
      readonly oneOf?: readonly string[];
    }
  | { readonly type: 'blob'; readonly min?: number; readonly max?: number }
  | { readonly type: 'number'; readonly min?: number; readonly max?: number; readonly integer?: boolean }
  | { readonly type: 'boolean' }
  | { readonly type: 'list'; readonly member: Shape; readonly min?: number; readonly max?: number }
  | { readonly type: 'structure'; readonly members: Members }
  | { readonly type: 'any' };

export type Members = Readonly<Record<string, Shape & { readonly required?: boolean }>>;

/** Throws ValidationException for the first broken constraint, SerializationException for a wrong JSON type. */
export function checkMembers(members: Members, input: Readonly<Record<string, unknown>>, path = ''): void {
  for (const key in members) {
    const shape = members[key];
    const value = input[key];
    if (shape === undefined) continue;
    const where = path === '' ? lowerFirst(key) : `${path}.${lowerFirst(key)}`;
    if (value !== undefined && value !== null) checkValue(shape, value, where);
    else if (shape.required === true) refuse(where, 'Member must not be null');
  }
}

function checkValue(shape: Shape, value: unknown, where: string): void {
  switch (shape.type) {
    case 'string':
      return checkText(shape, value, where);
    case 'blob':
      return checkBlob(shape, value, where);
    case 'number':
      return checkNumber(shape, value, where);
    case 'boolean':
      if (typeof value !== 'boolean') mistyped(where, 'Boolean');
      return;
    case 'list':
      return checkList(shape, value, where);
    case 'structure':
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return mistyped(where, 'structure');
      return checkMembers(shape.members, value as Record<string, unknown>, where);
    case 'any':
      return;
    default:
      return shape satisfies never;
  }
}

function checkText(shape: Shape & { type: 'string' }, value: unknown, where: string): void {
  if (typeof value !== 'string') return mistyped(where, 'String');
  if (shape.oneOf?.includes(value) === false)
    refuse(where, `Member must satisfy enum value set: [${shape.oneOf.join(', ')}]`);
  // A UTF-16 unit is at most three UTF-8 bytes, so most texts need no counting.
  const size = shape.bytes === true && value.length * 3 > (shape.max ?? 0) ? Buffer.byteLength(value) : value.length;
  checkRange(size, shape, where, 'length');
}

function checkBlob(shape: Shape & { type: 'blob' }, value: unknown, where: string): void {
  if (value instanceof Uint8Array) return checkRange(value.length, shape, where, 'length');
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return mistyped(where, 'Blob');
  checkRange(Buffer.byteLength(value, 'base64'), shape, where, 'length');
}

function checkNumber(shape: Shape & { type: 'number' }, value: unknown, where: string): void {
  if (typeof value !== 'number' || (shape.integer === true && !Number.isInteger(value)))
    return mistyped(where, 'Number');
  checkRange(value, shape, where, 'value');
}

function checkList(shape: Shape & { type: 'list' }, value: unknown, where: string): void {
  if (!Array.isArray(value)) return mistyped(where, 'List');
  checkRange(value.length, shape, where, 'length');
  value.forEach((member: unknown, index) => checkValue(shape.member, member, `${where}.${index + 1}.member`));
}

function checkRange(size: number, range: { min?: number; max?: number }, where: string, what: string): void {
  if (range.min !== undefined && size < range.min)
    refuse(where, `Member must have ${what} greater than or equal to ${range.min}`);
  if (range.max !== undefined && size > range.max)
    refuse(where, `Member must have ${what} less than or equal to ${range.max}`);
}

/** The service's sentence without the value, which it leaves out for sensitive members. */
function refuse(where: string, constraint: string): never {
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${where}' failed to satisfy constraint: ${constraint}`,
  );
}

function mistyped(where: string, wanted: string): never {
  throw new ServiceError('SerializationException', `Value at '${where}' can not be converted to ${wanted}`);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
