import { loadConfigFile } from '../../files/config-file.js';
import { runRuleTests } from '../../transform/rule-tests.js';
import type { Terminal } from '../terminal.js';

export interface TestOptions {
  readonly file: string;
  readonly json: boolean;
}

/** Runs the cases beside the rules. Exit code 1 if one does not hold; values are never shown. */
export function test(terminal: Terminal, { file, json }: TestOptions): number {
  const outcomes = runRuleTests(loadConfigFile(file));
  const failed = outcomes.filter(({ fault }) => fault !== undefined);
  if (json) {
    terminal.out(JSON.stringify({ file, passed: outcomes.length - failed.length, failed: failed.length, outcomes }));
  } else {
    for (const { destination, title, fault } of outcomes) {
      terminal.out(
        `${fault === undefined ? 'holds ' : 'FAILS '} ${destination}: ${title}${fault === undefined ? '' : `: ${fault}`}`,
      );
    }
    terminal.out(`${outcomes.length - failed.length} of ${outcomes.length} cases hold.`);
  }
  return failed.length === 0 ? 0 : 1;
}
