import { jsonpath, type JSONPathQuery } from 'json-p3';

const { InfixExpression, PrefixExpression, LogicalExpression, FunctionExtension, FilterExpressionLiteral } =
  jsonpath.expressions;
const { FilterSelector, NameSelector } = jsonpath.selectors;

type Expression = jsonpath.expressions.FilterExpression;

/** A name behind a dot (RFC 9535, 2.5.1.1). */
const SHORT_NAME = /^[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*$/u;
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
/** A text, which stays, or a number below one. */
const SMALL_NUMBER = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|(?<![\w.])0(?:\.(\d+))?(?:[eE]([+-]?\d+))?/gsu;
/** Zero as only a comparison takes it: an index is written without an exponent. */
const NOTHING = '1e-999';
const TEXT = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/gsu;

/** Where a path that the library takes is none by the RFC: `$.a-b`, `!@.a==1`, `!!@.a`, `@.a==1==2`, `f(@,)`, `-01`. An index, or undefined. */
export function faultIn(query: JSONPathQuery, path: string): number | undefined {
  const written = path.replaceAll(TEXT, (text) => 'x'.repeat(text.length));
  const odd = written.search(/,\s*\)|(?<![eE])-0\d|!\s*!(?!=)|(?:[=!]=|[<>]=?)\s*\(/u);
  return odd >= 0 ? odd : (comparedInParentheses(written) ?? faultOfQuery(query));
}

/** `(@.a)==1`: only a function's parentheses may stand before a comparison, and the library forgets the others. */
function comparedInParentheses(written: string): number | undefined {
  const open: number[] = [];
  for (let at = 0; at < written.length; at += 1) {
    if (written[at] === '(') open.push(at);
    if (written[at] !== ')') continue;
    const from = open.pop() ?? 0;
    const compared = /\)\s*(?:[=!]=|[<>])/uy;
    compared.lastIndex = at;
    if (compared.test(written) && !/[a-z0-9_]/u.test(written.charAt(from - 1))) return from;
  }
  return undefined;
}

/** The path with `0.5` written as `5e-1` and `0e1` as no other zero, since the library refuses a number that begins with a zero. */
export function withoutLeadingZeros(path: string): string {
  return path.replaceAll(SMALL_NUMBER, (written: string, digits: string | undefined, exponent: string | undefined) => {
    if (digits === undefined) return exponent === undefined ? written : NOTHING;
    const significant = digits.replace(/^0+/, '');
    return significant === '' ? NOTHING : `${significant}e${Number(exponent ?? 0) - digits.length}`;
  });
}

function faultOfQuery({ segments }: JSONPathQuery): number | undefined {
  return first(
    segments.flatMap(({ selectors }) => selectors),
    (selector) => {
      if (selector instanceof FilterSelector) return faultOf(selector.expression);
      const { kind, index } = selector.token;
      const isShort = selector instanceof NameSelector && kind === jsonpath.TokenKind.NAME;
      return isShort && !SHORT_NAME.test(selector.name) ? index : undefined;
    },
  );
}

function faultOf(expression: Expression): number | undefined {
  if (expression instanceof LogicalExpression) return faultOf(expression.expression);
  if (expression instanceof FunctionExtension) return first(expression.args, faultOf);
  if (expression instanceof jsonpath.expressions.FilterQuery) return faultOfQuery(expression.path);
  if (expression instanceof PrefixExpression) {
    return expression.right instanceof FilterExpressionLiteral ? expression.token.index : faultOf(expression.right);
  }
  if (!(expression instanceof InfixExpression)) return undefined;
  const sides = [expression.left, expression.right];
  const isNested = (side: Expression) => side instanceof InfixExpression || side instanceof PrefixExpression;
  if (COMPARISONS.has(expression.operator) && sides.some(isNested)) return expression.token.index;
  return first(sides, faultOf);
}

function first<T>(items: readonly T[], faultOfItem: (item: T) => number | undefined): number | undefined {
  for (const item of items) {
    const fault = faultOfItem(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
