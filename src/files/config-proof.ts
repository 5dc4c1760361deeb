import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * The proof beside a compiled configuration: its SHA-256, written by the build once schema, sense, rules and cases held. The
 * function then need not load the schema to check the same bytes again. A file that was edited since has no proof.
 */
export function proofOf(path: string, text: string): { readonly path: string; readonly text: string } {
  const file = basename(path);
  // As `sha256sum --check` reads it.
  return { path: join(dirname(path), `${file}.sha256`), text: `${sha256(text)}  ${file}\n` };
}

export function isProven(path: string, text: string): boolean {
  const proof = proofOf(path, text);
  try {
    return readFileSync(proof.path, 'utf8') === proof.text;
  } catch {
    return false;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
