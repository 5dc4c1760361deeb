import { sedCommand } from './commands/sed.js';
import { reasonOf } from './commands/sed-io.js';
import { processStreams } from './sed-streams.js';

/** What a shell reports of a filter whose reader has gone: 128 and the number of SIGPIPE. */
const READER_GONE = 141;
const OUTPUT_FAILED = 4;

/** Entry of the bundle behind `secrets-replicator sed`: nothing but the language is loaded. */
const [, , ...argv] = process.argv;
try {
  process.exitCode = sedCommand(argv[0] === 'sed' ? argv.slice(1) : argv, processStreams);
} catch (error) {
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'write') throw error;
  const isReaderGone = 'code' in error && error.code === 'EPIPE';
  if (!isReaderGone) processStreams.err(`sed: couldn't write to standard output: ${reasonOf(error)}\n`);
  process.exitCode = isReaderGone ? READER_GONE : OUTPUT_FAILED;
}
