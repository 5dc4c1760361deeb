import { checkConfig } from '../core/check-config.js';
import type { ReadSedfile } from '../core/sedfile-steps.js';
import { compileChecked, type CompiledConfig } from './compile-checked.js';
import { compileJsonStep } from './json-step.js';

/** Throws ConfigError with every issue: of shape, of sense, and of the rules of each destination whose shape is right. */
export function compileConfig(document: unknown, readSedfile: ReadSedfile): CompiledConfig {
  return compileChecked(checkConfig(document, readSedfile), compileJsonStep);
}
