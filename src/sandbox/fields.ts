import type { Fields } from './call.js';

/** A text member that the shape table has checked; empty when it is absent. */
export function textOf(input: Fields, key: string): string {
  const value = input[key];
  return typeof value === 'string' ? value : '';
}

export function optionalText(input: Fields, key: string): string | undefined {
  const value = input[key];
  return typeof value === 'string' ? value : undefined;
}

export function optionalNumber(input: Fields, key: string): number | undefined {
  const value = input[key];
  return typeof value === 'number' ? value : undefined;
}
