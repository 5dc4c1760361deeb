import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeIfNew } from './write-folder.js';

const run = promisify(execFile);

/** Type declarations of the sed library, where TypeScript looks for those of `dist/sed/index.mjs`. */
export async function declareSed(root: string): Promise<void> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const project = join(root, 'scripts/build/sed-types.tsconfig.json');
  try {
    await run(process.execPath, [compiler, '-p', project]);
  } catch (error) {
    throw new Error(`the types of src/sed: ${outputOf(error)}`, { cause: error });
  }
  writeIfNew(join(root, 'dist/sed/index.d.mts'), Buffer.from("export * from './types/index.js';\n"));
}

function outputOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout).trim() : String(error);
}
