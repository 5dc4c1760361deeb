import { ConfigFileError } from '../../files/file-issue.js';
import { provenConfig } from '../../files/proven-config.js';
import type { Terminal } from '../terminal.js';

export interface CheckOptions {
  readonly file: string;
  readonly json: boolean;
}

/** Checks a configuration and runs its cases, as synthesis does. Exit code 0 if it is right, 1 with every issue if not. */
export function check(terminal: Terminal, { file, json }: CheckOptions): number {
  try {
    const { config } = provenConfig(file);
    const destinations = config.destinations.map(({ id, region }) => ({ id, region }));
    if (json) terminal.out(JSON.stringify({ file, issues: [], destinations }));
    else
      terminal.out(
        `${file} is right: ${destinations.length} ${destinations.length === 1 ? 'destination' : 'destinations'}.`,
      );
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof ConfigFileError)) throw thrown;
    if (json) terminal.out(JSON.stringify({ file, issues: thrown.issues }));
    else terminal.err(thrown.message);
    return 1;
  }
}
