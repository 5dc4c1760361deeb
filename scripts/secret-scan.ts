import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findSecrets } from './secret-scan/patterns.js';

/**
 * Looks for credentials in every file that git knows of here: forms that their issuers gave a shape to. It is no proof of
 * absence; a password has no shape. Exit code 1 and the place of each; what was found is not shown.
 */
const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
const found = files.flatMap((path) =>
  findSecrets(readFileSync(path, 'latin1')).map(({ line, kind }) => `${path}:${line} looks like ${kind}`),
);
for (const place of found) process.stderr.write(`${place}\n`);
process.stdout.write(`${files.length} files looked at, ${found.length} places found\n`);
process.exitCode = found.length === 0 ? 0 : 1;
