import type { Terminal } from './terminal.js';

/** Exit code of wrong usage; 0 is done or nothing to do, 1 something pending or failed. */
export const USAGE = 2;

/** Says what ended a command, for programs as well where they asked for JSON. */
export function sayEnd(terminal: Terminal, json: boolean, message: string, more: object = {}): void {
  if (json) terminal.out(JSON.stringify({ error: message, ...more }));
  terminal.err(message);
}
