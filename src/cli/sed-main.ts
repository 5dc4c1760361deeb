import { readFile } from 'node:fs/promises';
import { sedCommand } from './commands/sed.js';

/** Entry of the bundle behind `secrets-replicator sed`: nothing but the language is loaded. */
const [, , ...argv] = process.argv;
const { stdin, stdout, stderr } = process;
process.exitCode = await sedCommand(argv[0] === 'sed' ? argv.slice(1) : argv, { stdin, stdout, stderr, readFile });
