import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { overlap, replicaNameGlobs } from '../../../src/core/access/replica-names.js';
import { parseConfig } from '../../../src/core/check-config.js';
import type { DestinationConfig } from '../../../src/core/config.js';
import { globMatches } from '../../../src/core/glob.js';
import { selectsName, type Selection } from '../../../src/core/selection.js';
import { compileRename } from '../../../src/transform/rename.js';

interface Given {
  readonly include: readonly string[];
  readonly rename?: string;
  readonly only?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

function destinationWith({ include, rename, only, variables = {} }: Given): {
  source: Selection;
  destination: DestinationConfig;
} {
  const select = only === undefined ? {} : { select: { include: only } };
  const config = parseConfig({
    version: 1,
    source: { region: 'us-east-1', select: { include } },
    destinations: [{ region: 'eu-west-1', variables, ...select, ...(rename === undefined ? {} : { rename }) }],
  });
  const [destination] = config.destinations;
  if (destination === undefined) throw new Error('the configuration has a destination');
  return { source: config.source.select, destination };
}

const globsFor = (given: Given) => {
  const { source, destination } = destinationWith(given);
  return replicaNameGlobs(source, destination);
};

describe('the names that replicas can have', () => {
  test('are those of the sources where nothing renames them', () => {
    expect(globsFor({ include: ['app/*', 'certificates/*'] })).toEqual(['app/*', 'certificates/*']);
  });

  test('are what source and destination both select', () => {
    expect(globsFor({ include: ['app/*', 'jobs/*'], only: ['app/web/*'] })).toEqual(['app/web/*']);
    expect(globsFor({ include: ['app/web/*'], only: ['*'] })).toEqual(['app/web/*']);
    expect(globsFor({ include: ['app/*'], only: ['jobs/*'] })).toEqual([]);
  });

  test('follow a rename of the leading part', () => {
    expect(globsFor({ include: ['app/*'], rename: 's#^app/#eu/#' })).toEqual(['eu/*']);
    expect(globsFor({ include: ['app/*', 'certificates/*'], rename: 's#^app/#eu/#' })).toEqual([
      'eu/*',
      'certificates/*',
    ]);
    expect(globsFor({ include: ['a*'], rename: 's|^app/|eu/|' })).toEqual(['a*', 'eu/*']);
    expect(globsFor({ include: ['app/*'], rename: 's#^#dr/#' })).toEqual(['dr/app/*']);
  });

  test('follow a rename with a variable that is plain text', () => {
    expect(globsFor({ include: ['app/*'], rename: 's#^app/#${REGION}/#' })).toEqual(['eu-west-1/*']);
    expect(globsFor({ include: ['app/*'], rename: 's#^app/#${TEAM}/#', variables: { TEAM: 'blue' } })).toEqual([
      'blue/*',
    ]);
    expect(globsFor({ include: ['app/*'], rename: 's#^app/#${TEAM}/#', variables: { TEAM: 'a#b' } })).toEqual(['*']);
  });

  test.each(['s/db/cache/', 's#^app/#eu/#g; s/a/b/', 's#^a.p/#eu/#', 's#^app/#&x/#', 's#app/#eu/#', 'y/a/b/'])(
    'can be anything after %s',
    (rename) => {
      expect(globsFor({ include: ['app/*'], rename })).toEqual(['*']);
    },
  );

  const piece = fc.constantFrom('a', 'b', 'p', 'ap', '/', 'app/', 'x');
  const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
  const glob = fc
    .array(fc.oneof(piece, fc.constantFrom('*', '?')), { minLength: 1, maxLength: 5 })
    .map((pieces) => pieces.join(''));
  const globs = fc.array(glob, { minLength: 1, maxLength: 3 });

  test('cover every name that the rename really makes', () => {
    const renames = fc.tuple(fc.constantFrom('', 'a', 'app/', 'ap'), text).map(([from, to]) => `s#^${from}#${to}#`);
    fc.assert(
      fc.property(globs, globs, fc.option(renames, { nil: undefined }), text, (include, only, rename, name) => {
        const given = { include, only, ...(rename === undefined ? {} : { rename }) };
        const { source, destination } = destinationWith(given);
        fc.pre(selectsName(source, name) && selectsName(destination.select, name));
        const replica = compileRename(destination)(name);
        return replicaNameGlobs(source, destination).some((one) => globMatches(one, replica));
      }),
      { numRuns: 2_000 },
    );
  });

  test('stay within what one of both lists selects', () => {
    fc.assert(
      fc.property(globs, globs, text, (left, right, name) => {
        fc.pre(overlap(left, right).some((one) => globMatches(one, name)));
        return [...left, ...right].some((one) => globMatches(one, name));
      }),
    );
  });
});
