import { ReplicatorError } from '../core/failure.js';
import { JsonSyntaxError, parseJsonText, type JsonNode } from './json-text.js';

/** The one detector behind `mode: auto`: a text that is a JSON object or list. */
export function jsonContainer(text: string): JsonNode | undefined {
  try {
    const node = parseJsonText(text);
    return node.kind === 'object' || node.kind === 'array' ? node : undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

/** Throws ReplicatorError RuleFailed. `file` names the step. */
export function requireJson(text: string, file: string): JsonNode {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const message = `${file} takes a JSON value: ${error.message} of the value; limit the step with names, or give it mode: auto`;
    throw new ReplicatorError('RuleFailed', message, { cause: error });
  }
}
