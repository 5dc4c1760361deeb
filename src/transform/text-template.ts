import type { Values } from './variables.js';

/** A text in which ${NAME} stands for a variable's value and \${NAME} for itself, as in a script. */
export interface TextTemplate {
  readonly variables: readonly string[];
  readonly resolve: (values: Values) => string;
}

const REFERENCE = /(\\?)\$\{([A-Z_][A-Z0-9_]*)\}/g;

/** Total: whatever is not a reference is text. */
export function compileTemplate(text: string): TextTemplate {
  const references = [...text.matchAll(REFERENCE)].filter(([, escape]) => escape === '');
  return {
    variables: references.map(([, , name = '']) => name),
    resolve: (values) =>
      text.replace(REFERENCE, (written: string, escape: string, name: string) =>
        escape === '' ? (values[name] ?? '') : written.slice(escape.length),
      ),
  };
}
