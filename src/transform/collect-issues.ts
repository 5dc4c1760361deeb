import { ConfigError, type ConfigIssue } from '../core/config-issues.js';

/** Every result, in order. Throws one ConfigError with the issues of all that failed. */
export function collectIssues<T>(makers: readonly (() => T)[]): T[] {
  const issues: ConfigIssue[] = [];
  const made = makers.flatMap((make) => {
    const result = attempt(issues, () => [make()]);
    return result ?? [];
  });
  if (issues.length > 0) throw new ConfigError(issues);
  return made;
}

/** Undefined, and its issues noted, when `make` throws a ConfigError. */
export function attempt<T>(issues: ConfigIssue[], make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    issues.push(...error.issues);
    return undefined;
  }
}
