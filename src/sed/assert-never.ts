/** Ends an exhaustive switch: a kind nobody handled stops the build here. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected kind ${typeof value}`);
}
