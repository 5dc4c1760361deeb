import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const pages = ['README.md', 'SECURITY.md', ...readdirSync(path('docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const sources = readdirSync(path('src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

let known: readonly string[] = [];
beforeAll(() => {
  const command = [path('bin/secrets-replicator.mjs'), '--help'];
  const help = execFileSync(process.execPath, command, { encoding: 'utf8' });
  known = [...help.matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name);
});

/** Every `secrets-replicator <command>` of a text, also with the name left out where a page lists several. */
function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/secrets-replicator ([a-z]+)(?=[ `.;,)\n]|$)/g)].map(([, name = '']) => name);
}

test('documents and alarms name commands that exist', () => {
  expect(known).toEqual(expect.arrayContaining(['sed', 'doctor', 'plan']));
  const texts = [...pages.map(path), ...sources.map((name) => path(`src/${name}`))];
  const named = texts.flatMap((file) => commandsIn(readFileSync(file, 'utf8')).map((command) => ({ command, file })));
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter(({ command }) => !known.includes(command))).toEqual([]);
});
