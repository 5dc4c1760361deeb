import type { Values } from './variables.js';

/** A text in which ${NAME} stands for a variable's value. */
export interface TextTemplate {
  readonly variables: readonly string[];
  readonly fill: (values: Values) => string;
}

const VARIABLE = /\$\{([A-Z_][A-Z0-9_]*)\}/g;

/** Total: whatever is not ${NAME} is text. */
export function compileTemplate(text: string): TextTemplate {
  return {
    variables: [...text.matchAll(VARIABLE)].map(([, name = '']) => name),
    fill: (values) => text.replace(VARIABLE, (_, name: string) => values[name] ?? ''),
  };
}
