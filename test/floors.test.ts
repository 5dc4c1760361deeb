import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAX_LINES = 200;

/** Floor by folder; the longest prefix counts. */
const FLOORS: readonly (readonly [string, number])[] = [
  ['src/sed/', 0],
  ['src/core/', 1],
  ['src/transform/', 1],
  ['src/flow/', 2],
  ['src/aws/', 3],
  ['src/files/', 3],
  ['src/sandbox/', 3],
  ['src/', 4],
  ['lib/', 4],
  ['bin/', 4],
];

/** Outside this floor and above, time, chance, environment and console are arguments. */
const EDGE = 4;
const AMBIENT = /\bprocess\.env\b|\bDate\.now\(|\bMath\.random\(|\bconsole\.|\bnew Date\(\)/;

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files: readonly SourceFile[] = ['src', 'lib', 'bin'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => read(relative(ROOT, join(entry.parentPath, entry.name)))),
);

function read(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const imports = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) =>
    normalize(join(dirname(path), (match[1] ?? '').replace(/\.js$/, '.ts'))),
  );
  return { path, text, imports };
}

function floorOf(path: string): number {
  const found = FLOORS.find(([prefix]) => path.startsWith(prefix));
  if (found === undefined) throw new Error(`no floor for ${path}`);
  return found[1];
}

const code = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('the house', () => {
  test('has files on every floor', () => {
    expect(new Set(files.map(({ path }) => floorOf(path)))).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  test('imports downwards only', () => {
    const upwards = files.flatMap(({ path, imports }) =>
      imports.filter((target) => floorOf(target) > floorOf(path)).map((target) => `${path} imports ${target}`),
    );
    expect(upwards).toEqual([]);
  });

  test('keeps the sed language a stranger to everything else', () => {
    const own = files.filter(({ path }) => path.startsWith('src/sed/'));
    expect(own.flatMap(({ imports }) => imports).filter((target) => !target.startsWith('src/sed/'))).toEqual([]);
  });

  test('enters the sed language through its one door', () => {
    const sneaking = files
      .filter(({ path }) => !path.startsWith('src/sed/'))
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => target.startsWith('src/sed/') && target !== 'src/sed/index.ts')
          .map((target) => `${path} imports ${target}`),
      );
    expect(sneaking).toEqual([]);
  });

  test('keeps AWS and its stand-in strangers', () => {
    const acquainted = files.flatMap(({ path, imports }) =>
      imports
        .filter(
          (target) =>
            (path.startsWith('src/aws/') && target.startsWith('src/sandbox/')) ||
            (path.startsWith('src/sandbox/') && !target.startsWith('src/sandbox/')),
        )
        .map((target) => `${path} imports ${target}`),
    );
    expect(acquainted).toEqual([]);
  });

  test('lets what is deployed know only the domain', () => {
    const lib = files.filter(({ path }) => path.startsWith('lib/'));
    const strangers = lib.flatMap(({ imports }) =>
      imports.filter((target) => !target.startsWith('lib/') && !target.startsWith('src/core/')),
    );
    expect(strangers).toEqual([]);
  });

  test('has no import cycle', () => {
    expect(cycleIn(new Map(files.map(({ path, imports }) => [path, imports])))).toEqual([]);
  });

  test('takes time, chance, environment and console as arguments below the top floor', () => {
    const ambient = files.filter(({ path, text }) => floorOf(path) < EDGE && AMBIENT.test(code(text)));
    expect(ambient.map(({ path }) => path)).toEqual([]);
  });

  test(`has no file of more than ${MAX_LINES} lines`, () => {
    const long = files.filter(({ text }) => text.trimEnd().split('\n').length > MAX_LINES);
    expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length}`)).toEqual([]);
  });

  test('has no default export and one index only', () => {
    const wrong = files.filter(
      ({ path, text }) => /^export default/m.test(text) || (path.endsWith('/index.ts') && path !== 'src/sed/index.ts'),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const found = visit(next, [...trail, node]);
      if (found.length > 0) return found;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const found = visit(node, []);
    if (found.length > 0) return found;
  }
  return [];
}
