import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ReplicatorError } from '../../src/core/failure.js';
import { compileQuery } from '../../src/transform/json-query.js';
import { parseJsonText, type JsonNode } from '../../src/transform/json-text.js';
import { transformed } from '../support/rules.js';

const RUNS = 400;

/** JSON as no serializer writes it: any spacing, names that stand twice, long numbers, every way to escape. */
const blank = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n  ');
const name = fc.constantFrom('"a"', '"a"', '"b"', '"c"', '"\\u0061"', '"a.b"', '"é"', '"\\n"', '""');
const leaf = fc.constantFrom(
  '12345678901234567890',
  '-0',
  '1.50',
  '1E+2',
  'true',
  'null',
  '"x"',
  '"us-east-1"',
  '"a\\/x\\u002Fx"',
  '"\\ud83d\\ude00 x"',
  '"x\\"x\\\\"',
  '"\\ud800"',
  '""',
);
const { value: document } = fc.letrec<{ value: string; list: string; object: string }>((tie) => {
  const spaced = (inner: fc.Arbitrary<string>) => fc.tuple(blank, inner, blank).map((parts) => parts.join(''));
  const member = fc.tuple(spaced(name), spaced(tie('value'))).map(([key, value]) => `${key}:${value}`);
  const listed = (item: fc.Arbitrary<string>, open: string, close: string) =>
    fc
      .tuple(blank, fc.array(item, { maxLength: 4 }))
      .map(([empty, items]) => `${open}${items.join(',') || empty}${close}`);
  return {
    value: fc.oneof({ maxDepth: 4, depthSize: 'medium' }, leaf, tie('object'), tie('list')),
    list: listed(spaced(tie('value')), '[', ']'),
    object: listed(member, '{', '}'),
  };
});
/** Paths whose matches overlap, nest, stand side by side or are none. None ends in one name, which `set` would create. */
const path = fc.constantFrom(
  '$..*',
  '$.*',
  '$[*]',
  '$..[0]',
  '$..[-1]',
  '$..a',
  '$..["a","b"]',
  '$..[?@.a]',
  '$..[1:]',
  '$.*.*',
  '$..a..b',
  '$[0,1]',
);

const chain = (...rules: object[]) => ({ transform: [{ json: rules }] });

/** The result, or null where the rule refuses the value. */
function attempt(text: string, ...rules: object[]): string | null {
  try {
    return transformed(chain(...rules), text);
  } catch (error) {
    if (error instanceof ReplicatorError && ['RuleFailed', 'ValueEmpty'].includes(error.code)) return null;
    throw error;
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function selected(text: string, written: string): JsonNode[] {
  return compileQuery(written, 'rule')
    .select(parseJsonText(text))
    .map(({ node }) => node);
}

function outermost(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  return sorted.filter(({ start }, k) => sorted.slice(0, k).every(({ end }) => end <= start));
}

/** What the text becomes when each span is replaced and every other byte stays. */
function spliced(text: string, spans: readonly Span[], by: (span: Span) => string): string {
  let [result, at] = ['', 0];
  for (const span of outermost(spans)) [result, at] = [result + text.slice(at, span.start) + by(span), span.end];
  return result + text.slice(at);
}

function leaves(node: JsonNode): JsonNode[] {
  if (node.kind === 'array') return node.items.flatMap(leaves);
  return node.kind === 'object' ? node.members.flatMap(({ name: key, value }) => [key, ...leaves(value)]) : [node];
}

const own = (text: string) => (node: JsonNode) => text.slice(node.start, node.end);

describe('on JSON that no serializer wrote, and paths whose matches overlap and nest', () => {
  test('set replaces the outermost matches and no other byte', () => {
    fc.assert(
      fc.property(document, path, (text, written) => {
        expect(transformed(chain({ path: written, set: { new: [1] } }), text)).toBe(
          spliced(text, selected(text, written), () => '{"new":[1]}'),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test('sed replaces the matches that are texts and change, and no other byte', () => {
    fc.assert(
      fc.property(document, path, (text, written) => {
        const texts = selected(text, written).filter((node) => node.kind === 'string' && node.value.includes('x'));
        const changed = new Map(
          texts.map((node) => [
            node.start,
            node.kind === 'string' ? JSON.stringify(node.value.replaceAll('x', '"y\\')) : '',
          ]),
        );
        expect(transformed(chain({ path: written, sed: String.raw`s/x/"y\\/g` }), text)).toBe(
          spliced(text, texts, ({ start }) => changed.get(start) ?? ''),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test('remove takes the matches out and leaves every other leaf and name as it was written', () => {
    fc.assert(
      fc.property(document, path, (text, written) => {
        const removed = selected(text, written);
        const result = attempt(text, { path: written, remove: true });
        expect(result).not.toBeNull();
        const isKept = ({ start, end }: Span) =>
          // A name goes with its value: what stands between them holds nothing but a colon.
          !removed.some(
            (span) =>
              (span.start <= start && end <= span.end) ||
              (end <= span.start && /^\s*:\s*$/.test(text.slice(end, span.start))),
          );
        expect(leaves(parseJsonText(result ?? '')).map(own(result ?? ''))).toEqual(
          leaves(parseJsonText(text)).filter(isKept).map(own(text)),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test('rename changes names and no other byte, or refuses', () => {
    let renamed = 0;
    fc.assert(
      fc.property(document, (text) => {
        const result = attempt(text, { path: '$..a', rename: 'n' });
        if (result === null) return;
        const names = selected(text, '$..a').length;
        renamed += names;
        expect(result.replaceAll('"n"', '"a"')).toBe(text.replaceAll('"\\u0061"', '"a"'));
        expect(result.split('"n"').length - 1).toBe(names);
      }),
      { numRuns: RUNS },
    );
    expect(renamed).toBeGreaterThan(RUNS / 10);
  });

  test('a chain of any rules ends in JSON or a refusal', () => {
    const rule = fc.tuple(path, fc.nat(3)).map(([written, kind]) => {
      if (kind === 0) return { path: written, set: ['${REGION}'] };
      if (kind === 1) return { path: written, remove: true };
      return kind === 2 ? { path: written, rename: 'b' } : { path: written, sed: String.raw`s/.*/\\&"/` };
    });
    fc.assert(
      fc.property(document, fc.array(rule, { minLength: 1, maxLength: 4 }), (text, rules) => {
        const result = attempt(text, ...rules);
        if (result !== null) parseJsonText(result);
      }),
      { numRuns: RUNS },
    );
  });
});
