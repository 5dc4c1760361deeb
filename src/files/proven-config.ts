import { runRuleTests } from '../transform/rule-tests.js';
import { loadConfigFile, type LoadedConfig } from './config-file.js';
import { ConfigFileError, type FileIssue } from './file-issue.js';

/** A configuration whose own cases hold: what may be deployed. Throws ConfigFileError, also with the place of every case that does not hold. */
export function provenConfig(path: string): LoadedConfig {
  const loaded = loadConfigFile(path);
  const issues = runRuleTests(loaded).flatMap(({ destination, title, path: at, fault }): FileIssue[] =>
    fault === undefined
      ? []
      : [
          {
            file: path,
            place: loaded.placeOf(at),
            message: `case "${title}" of destination ${destination} fails: ${fault}`,
          },
        ],
  );
  if (issues.length > 0) throw new ConfigFileError(issues);
  return loaded;
}
