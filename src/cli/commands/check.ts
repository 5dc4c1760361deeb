import { existsSync, writeFileSync } from 'node:fs';
import { beyondRules, NOT_RULES } from '../../core/beyond-rules.js';
import { MAX_RULES_BYTES } from '../../core/rules-object.js';
import { loadConfigFile, type LoadedConfig } from '../../files/config-file.js';
import { proofOf } from '../../files/config-proof.js';
import { ConfigFileError } from '../../files/file-issue.js';
import { provenConfig } from '../../files/proven-config.js';
import type { Terminal } from '../terminal.js';

export interface CheckOptions {
  readonly file: string;
  readonly json: boolean;
  /** Where the compiled configuration is written, if all is right. */
  readonly output?: string | undefined;
  /** The configuration that runs: only rules may differ from it, as in an object that is to change them. */
  readonly deployed?: string | undefined;
}

/** Checks a configuration and runs its cases, as synthesis does. Exit code 0 if it is right, 1 with every issue if not. */
export function check(terminal: Terminal, { file, json, output, deployed }: CheckOptions): number {
  try {
    const loaded = provenConfig(file);
    if (deployed !== undefined) requireRulesOnly(loaded, file, deployed);
    if (output !== undefined) write(output, loaded);
    const destinations = loaded.config.destinations.map(({ id, region }) => ({ id, region }));
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

/** In a copy of the bundle also the proof, which the function then need not find out again at each start. */
function write(output: string, { compiled }: LoadedConfig): void {
  writeFileSync(output, compiled);
  const proof = proofOf(output, compiled);
  if (existsSync(proof.path)) writeFileSync(proof.path, proof.text);
}

/** Throws ConfigFileError with what the function would refuse. */
function requireRulesOnly({ config, compiled }: LoadedConfig, file: string, deployed: string): void {
  const bytes = Buffer.byteLength(compiled);
  const messages = [
    ...beyondRules(loadConfigFile(deployed).config, config).map((place) => `${place} is ${NOT_RULES}`),
    ...(bytes > MAX_RULES_BYTES ? [`has ${bytes} bytes as an object; at most ${MAX_RULES_BYTES} are read`] : []),
  ];
  if (messages.length > 0) throw new ConfigFileError(messages.map((message) => ({ file, place: undefined, message })));
}
