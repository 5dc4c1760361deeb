import { ReplicatorError } from '../core/failure.js';
import { isWritableName } from '../core/names.js';
import type { DestinationConfig } from '../core/config.js';
import { compileScript } from './script.js';
import { RENAME_VARIABLES } from './variables.js';

/** A source's name to its replica's. Throws ReplicatorError: InvalidName, RuleFailed. */
export type Rename = (sourceName: string) => string;

/** Throws ConfigError. Without a rule the name stays. */
export function compileRename({ id, index, region, rename, variables }: DestinationConfig): Rename {
  const file = `${id}.rename`;
  if (rename === undefined) return (name) => checked(name, 'the destination');
  const known = [...RENAME_VARIABLES, ...Object.keys(variables)];
  const script = compileScript({ text: rename, extended: false, file, path: ['destinations', index, 'rename'], known });
  const bind = (name: string) => script.bind({ ...variables, REGION: region, SECRET_NAME: name });
  const shared = script.variables.has('SECRET_NAME') ? undefined : bind('');
  return (name) => checked((shared ?? bind(name))(name).text, file);
}

function checked(name: string, file: string): string {
  if (isWritableName(name)) return name;
  throw new ReplicatorError(
    'InvalidName',
    `${file} gives ${fault(name)}; a name has 1 to 512 letters, digits and / _ + = . @ -`,
  );
}

function fault(name: string): string {
  if (name.includes('\n')) return 'a name of more than one line';
  if (name.length === 0 || name.length > 512) return `a name of ${name.length} characters`;
  return `a name with another character at position ${name.search(/[^A-Za-z0-9/_+=.@-]/) + 1}`;
}
