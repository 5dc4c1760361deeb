import type { Fields } from '../call.js';
import { optionalNumber, textOf } from '../fields.js';
import { drawText } from '../chance.js';
import { ServiceError } from '../service-error.js';
import type { Scope } from './scope.js';

const CLASSES = [
  { exclude: 'ExcludeLowercase', alphabet: 'abcdefghijklmnopqrstuvwxyz' },
  { exclude: 'ExcludeUppercase', alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
  { exclude: 'ExcludeNumbers', alphabet: '0123456789' },
  { exclude: 'ExcludePunctuation', alphabet: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~' },
] as const;
const DEFAULT_LENGTH = 32;

/** 32 characters with at least one of each kind that is not excluded, unless told otherwise. */
export function getRandomPassword(scope: Scope, input: Fields): Fields {
  const length = optionalNumber(input, 'PasswordLength') ?? DEFAULT_LENGTH;
  const alphabets = alphabetsFor(input);
  const isEachRequired = input['RequireEachIncludedType'] !== false;
  if (alphabets.length === 0 || (isEachRequired && length < alphabets.length)) {
    throw new ServiceError(
      'InvalidParameterException',
      'The password is too short for the required kinds of characters.',
    );
  }
  const first = isEachRequired ? alphabets.map((alphabet) => drawText(scope.random, 1, alphabet)).join('') : '';
  const rest = drawText(scope.random, length - first.length, alphabets.join(''));
  return { RandomPassword: shuffled(first + rest, scope.random) };
}

function alphabetsFor(input: Fields): readonly string[] {
  const excluded = textOf(input, 'ExcludeCharacters');
  const classes: string[] = CLASSES.filter(({ exclude }) => input[exclude] !== true).map(({ alphabet }) => alphabet);
  if (input['IncludeSpace'] === true) classes.push(' ');
  return classes
    .map((alphabet) =>
      alphabet
        .split('')
        .filter((letter) => !excluded.includes(letter))
        .join(''),
    )
    .filter((alphabet) => alphabet !== '');
}

function shuffled(text: string, random: () => number): string {
  return text
    .split('')
    .map((letter) => ({ letter, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ letter }) => letter)
    .join('');
}
