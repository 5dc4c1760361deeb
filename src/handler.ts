import { fileURLToPath } from 'node:url';
import { parseSettings } from './core/settings.js';
import { readCompiledConfig } from './files/compiled-config.js';
import { functionOver, type Handler } from './function/function.js';
import { isPrimed, prime } from './function/priming.js';
import { wire } from './function/wiring.js';

/** The compiled configuration beside the bundle, unless an operator names another. */
const path = parseSettings(process.env).configPath ?? fileURLToPath(new URL('replicator.json', import.meta.url));

const compiled = await readCompiledConfig(path);
const wiring = wire(process.env, compiled);
// Where an object may change rules, what reads it is loaded here: a start has more of a processor than an invocation.
await wiring.published?.();
if (isPrimed(process.env)) await prime(process.env, compiled, wiring.log);

/** The Lambda. Wired once while the process starts, so a wrong configuration stops it there, with its reason. */
export const handler: Handler = functionOver(wiring);
