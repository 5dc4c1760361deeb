import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadConfigFile } from '../src/files/config-file.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const README = read('README.md');

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

describe('the README', () => {
  test('names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = blocks(README, 'sh').flatMap((block) => block.trim().split(/\n|&&/));
    const known = commands.map((command) => command.trim()).map((command) => /^npm (?:run )?(\w+)$/.exec(command)?.[1]);
    expect(known).toEqual(['install', 'start', 'install', 'test']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
  });

  test('shows a configuration that is right', () => {
    const folder = mkdtempSync(join(tmpdir(), 'readme-test-'));
    try {
      for (const block of blocks(README, 'yaml')) {
        const path = join(folder, 'replicator.yaml');
        writeFileSync(path, block);
        expect(loadConfigFile(path).rules).toHaveLength(1);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('documents', () => {
  const documents = ['.', 'docs', 'docs/decisions'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );

  test('point at files that exist', () => {
    const broken = documents.flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)]
        .map((match) => join(dirname(path), match[1] ?? ''))
        .filter((target) => !existsSync(join(ROOT, target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('are decisions of one number each, in a row', () => {
    const numbers = documents.flatMap((path) => /^docs\/decisions\/(\d{4})-/.exec(path)?.[1] ?? []).toSorted();
    expect(numbers).toEqual(numbers.map((_, index) => `${index + 1}`.padStart(4, '0')));
  });

  test('fit a page where they are decisions, and a screen where it is the README', () => {
    const lines = (path: string) => read(path).split('\n').length;
    const long = documents.filter((path) => path.startsWith('docs/decisions/') && lines(path) > 60);
    expect(long).toEqual([]);
    expect(lines('README.md')).toBeLessThanOrEqual(70);
    expect(lines('ARCHITECTURE.md')).toBeLessThanOrEqual(200);
    expect(lines('CONTRIBUTING.md')).toBeLessThanOrEqual(100);
  });
});
