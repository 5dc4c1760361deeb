import type { ErrorCode } from 'yaml';

/** The common mistakes in our own words; the library's sentences may quote the file, and a rule may stand there. */
const SENTENCES: Readonly<Partial<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: 'an alias takes no anchor or tag of its own',
  BAD_ALIAS: 'an alias takes the name of an anchor that stands before it',
  BAD_DQ_ESCAPE: 'an escape that double quotes do not know; use single quotes, or write the backslash twice',
  BAD_INDENT: 'the indentation does not fit what stands above',
  BAD_SCALAR_START: 'a text cannot start with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a key and its value that start here must stand on lines of their own; a text with a colon and a blank needs quotes',
  DUPLICATE_KEY: 'this key stands here a second time; a mapping holds each key once',
  IMPOSSIBLE: 'this is not YAML',
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing here',
  MULTIPLE_DOCS: 'a second document begins here; the file holds one',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line; is a colon missing?',
  TAB_AS_INDENT: 'a tab cannot indent; use blanks',
  TAG_RESOLVE_FAILED: 'a tag (!) that is not known here',
  UNEXPECTED_TOKEN: 'this cannot stand here; a text with special characters needs quotes',
};

export function yamlSentence(code: ErrorCode): string {
  return SENTENCES[code] ?? `this is not YAML (${code})`;
}
