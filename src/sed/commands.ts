/** What follows a command letter. */
export type ArgumentKind =
  | 'none'
  | 'substitution'
  | 'transliteration'
  | 'text'
  | 'label'
  | 'definition'
  | 'exit-code'
  | 'width'
  | 'block'
  | 'end'
  | 'comment'
  | 'version';

export interface CommandShape {
  /** How many addresses the command accepts at most. */
  readonly addresses: 0 | 1 | 2;
  readonly argument: ArgumentKind;
}

const PLAIN: CommandShape = { addresses: 2, argument: 'none' };

/** Every command of the language. Adding one is a row here and an arm in `execute.ts`. */
export const COMMANDS: ReadonlyMap<string, CommandShape> = new Map<string, CommandShape>([
  ...Array.from('=dDgGhHnNpPxz', (letter): [string, CommandShape] => [letter, PLAIN]),
  ['s', { addresses: 2, argument: 'substitution' }],
  ['y', { addresses: 2, argument: 'transliteration' }],
  ['a', { addresses: 2, argument: 'text' }],
  ['i', { addresses: 2, argument: 'text' }],
  ['c', { addresses: 2, argument: 'text' }],
  ['b', { addresses: 2, argument: 'label' }],
  ['t', { addresses: 2, argument: 'label' }],
  ['T', { addresses: 2, argument: 'label' }],
  [':', { addresses: 0, argument: 'definition' }],
  ['q', { addresses: 1, argument: 'exit-code' }],
  ['Q', { addresses: 1, argument: 'exit-code' }],
  ['l', { addresses: 2, argument: 'width' }],
  ['{', { addresses: 2, argument: 'block' }],
  ['}', { addresses: 0, argument: 'end' }],
  ['#', { addresses: 0, argument: 'comment' }],
  ['v', { addresses: 2, argument: 'version' }],
]);

/** What `--posix` leaves of them: POSIX has no `F L Q R T v W z e`, and fewer commands take two addresses. */
export const POSIX_COMMANDS: ReadonlyMap<string, CommandShape> = new Map(
  [...COMMANDS]
    .filter(([letter]) => !'QTvz'.includes(letter))
    .map(([letter, shape]) =>
      ['=', 'a', 'i', 'l'].includes(letter) ? [letter, { ...shape, addresses: 1 }] : [letter, shape],
    ),
);

/** Commands of GNU sed that reach outside the text: files, other programs. Refused when the script is compiled. */
export const REFUSED_COMMANDS: ReadonlySet<string> = new Set('rRwWeF');
