import type { Action, Address, Command, Program, RegexUse, Substitution } from './program.js';

/**
 * True when each command changes, deletes or prints each line for itself, whatever the other lines are, and what is
 * printed comes last: such a program may run command by command on many lines at once.
 */
export function isLineLocal({ commands, quiet, lineEnd }: Pick<Program, 'commands' | 'quiet' | 'lineEnd'>): boolean {
  const last = commands.at(-1);
  if (last === undefined || (quiet && !isPrinting(last.action))) return false;
  return commands.every((command) => isLocal(command, lineEnd) && (command === last || !isPrinting(command.action)));
}

/** True for p, and for s with its p flag. */
function isPrinting(action: Action): boolean {
  return action.letter === 'p' || (action.letter === 's' && action.substitution.print);
}

function isLocal({ from, to, negated, action }: Command, lineEnd: string): boolean {
  if (to !== null || !isLocalAddress(from, negated, lineEnd)) return false;
  switch (action.letter) {
    case 's':
      return isLocalSubstitution(action.substitution, lineEnd);
    case 'y':
      return !(action.transliteration.from + action.transliteration.to).includes(lineEnd);
    case 'd':
    case 'p':
    case '{':
      return true;
    default:
      return false;
  }
}

function isLocalAddress(from: Address | null, negated: boolean, lineEnd: string): boolean {
  return from === null ? !negated : from.kind === 'regex' && isLocalRegex(from.regex, lineEnd);
}

function isLocalSubstitution({ regex, replacement, print, nth }: Substitution, lineEnd: string): boolean {
  // Only with the first match is a line that matches one that is changed, and so printed.
  if (print && nth > 1) return false;
  if (replacement.some((part) => part.kind === 'text' && part.text.includes(lineEnd))) return false;
  return isLocalRegex(regex, lineEnd);
}

function isLocalRegex({ compiled }: RegexUse, lineEnd: string): boolean {
  if (compiled === null || compiled.hasBackrefs) return false;
  const { prefixes, required } = compiled.literals;
  return !prefixes.some((text) => text.includes(lineEnd)) && !required.some((text) => text.includes(lineEnd));
}
