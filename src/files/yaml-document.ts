import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { FilePlace } from './file-issue.js';
import { scriptPlace } from './yaml-script-place.js';
import { yamlSentence } from './yaml-errors.js';

/** What an issue points at: a value by its path, the key of it, or a place in the script that it is. */
export interface Pointer {
  readonly path: readonly PropertyKey[];
  readonly key?: true;
  readonly script?: { readonly line: number; readonly column: number };
}

/** A YAML or JSON text, read with the place of everything in it. */
export interface YamlDocument {
  readonly content: unknown;
  /** Where it stands in the text; for what is missing, the place that lacks it. */
  placeOf(pointer: Pointer): FilePlace;
}

export interface YamlIssue {
  readonly place: FilePlace;
  readonly message: string;
}

/** How often aliases may be resolved in one file, counted as the `yaml` library does. */
const MAX_ALIASES = 100;

/** A document, or why the text is none. */
export function parseYaml(text: string): YamlDocument | readonly YamlIssue[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: true });
  const placeAt = (offset: number): FilePlace => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0)
    return broken.map(({ code, pos }) => ({ place: placeAt(pos[0]), message: yamlSentence(code) }));
  if (document.contents === null) return [{ place: placeAt(0), message: 'is empty; it starts with version: 1' }];
  const aliases = wrongAliases(document).map(({ offset, message }) => ({ place: placeAt(offset), message }));
  if (aliases.length > 0) return aliases;
  const content = expanded(document);
  if (content === undefined)
    return [{ place: placeAt(0), message: `has aliases that stand for more than ${MAX_ALIASES} others` }];
  return { content: content.value, placeOf: (pointer) => placeOf(document, text, pointer, placeAt) };
}

function wrongAliases(document: Document.Parsed): { offset: number; message: string }[] {
  const wrong: { offset: number; message: string }[] = [];
  visit(document, {
    Alias: (_, alias, ancestors) => {
      const offset = alias.range?.[0] ?? 0;
      const anchored = alias.resolve(document);
      if (anchored === undefined)
        wrong.push({ offset, message: 'an alias takes the name of an anchor that stands before it' });
      else if (ancestors.includes(anchored))
        wrong.push({ offset, message: 'an alias cannot stand inside its own anchor' });
    },
  });
  return wrong;
}

function expanded(document: Document.Parsed): { value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch (error) {
    // The library's way to say that there are too many.
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function placeOf(
  document: Document.Parsed,
  text: string,
  pointer: Pointer,
  placeAt: (offset: number) => FilePlace,
): FilePlace {
  const { node, key } = lookUp(document, pointer.path);
  const pointsAtKey = pointer.key === true || (isScalar(node) && node.value === null);
  const found = pointsAtKey && key !== undefined ? key : node;
  if (pointer.script !== undefined && isScalar(found)) return scriptPlace(found, text, pointer.script, placeAt);
  return placeAt(found?.range?.[0] ?? 0);
}

interface Found {
  readonly node: Node | undefined;
  readonly key: Node | undefined;
}

/** The deepest node that exists on the way. */
function lookUp(document: Document.Parsed, path: readonly PropertyKey[]): Found {
  let found: Found = { node: document.contents ?? undefined, key: undefined };
  for (const part of path) {
    const next = child(resolved(found.node, document), part);
    if (next === undefined) return found;
    found = next;
  }
  return { node: resolved(found.node, document), key: found.key };
}

function resolved(node: Node | undefined, document: Document.Parsed): Node | undefined {
  return isAlias(node) ? node.resolve(document) : node;
}

function child(node: Node | undefined, part: PropertyKey): Found | undefined {
  if (isSeq<Node>(node)) {
    const item = node.items[Number(part)];
    return item === undefined ? undefined : { node: item, key: undefined };
  }
  if (!isMap<Node, Node | null>(node)) return undefined;
  const pair: Pair<Node, Node | null> | undefined = node.items.find(
    ({ key }) => isScalar(key) && String(key.value) === String(part),
  );
  return pair === undefined ? undefined : { node: pair.value ?? pair.key, key: pair.key };
}
