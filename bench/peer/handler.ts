import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noSedfiles } from '../../src/core/sedfile-steps.js';
import { functionOver, type Handler } from '../../src/function/function.js';
import { wire } from '../../src/function/wiring.js';
import { compileConfig } from '../../src/transform/compile-config.js';

/** The same function as CommonJS, which knows no top-level await: what a person gets who gives it to NodejsFunction. */
const document: unknown = JSON.parse(readFileSync(join(__dirname, 'replicator.json'), 'utf8'));
export const handler: Handler = functionOver(wire(process.env, compileConfig(document, noSedfiles)));
