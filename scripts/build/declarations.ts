import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeIfNew } from './write-folder.js';

const run = promisify(execFile);

/** Type declarations of the sed library, where TypeScript looks for those of `dist/sed/index.mjs`. */
export async function declareSed(root: string): Promise<void> {
  await compile(root, 'sed-types');
  writeIfNew(join(root, 'dist/sed/index.d.mts'), Buffer.from("export * from './types/index.js';\n"));
}

/** The constructs with their types, file by file: the CDK that they are used with is that of whoever uses them. */
export async function compileConstructs(root: string): Promise<void> {
  rmSync(join(root, 'dist/cdk'), { recursive: true, force: true });
  await compile(root, 'constructs');
}

async function compile(root: string, project: string): Promise<void> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  try {
    await run(process.execPath, [compiler, '-p', join(root, `scripts/build/${project}.tsconfig.json`)]);
  } catch (error) {
    throw new Error(`${project}: ${outputOf(error)}`, { cause: error });
  }
}

function outputOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout).trim() : String(error);
}
