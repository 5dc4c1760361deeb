import type { Plugin } from 'esbuild';
import { builtinExportsUsed } from './builtin-modules.js';
import { environmentCredentials, packageVersionsOnly, sdkTrims } from './function-trims.js';

/** One folder of `dist` and what it is built from. */
export interface Bundle {
  readonly name: string;
  /** Output name to source file. */
  readonly entries: Readonly<Record<string, string>>;
  readonly plugins: readonly Plugin[];
  /** Modules that must not get in, and why: the build fails if one does. */
  readonly refused: readonly (readonly [RegExp, string])[];
}

const FUNCTION: Bundle = {
  name: 'lambda',
  entries: { index: 'src/handler.ts' },
  plugins: [builtinExportsUsed, environmentCredentials, packageVersionsOnly, sdkTrims],
  refused: [
    [/(^|\/)node_modules\/yaml\//, 'the function reads JSON; YAML is compiled before'],
    [/(^|\/)node_modules\/zod\/v4\/classic\//, 'only zod/mini is small enough'],
    [
      /(^|\/)node_modules\/@aws-sdk\/credential-provider-(?!env\/)/,
      "a function's credentials stand in its environment",
    ],
    [/^src\/(sandbox|cli)\//, 'the stand-in and the command line are not deployed'],
  ],
};

const CLI: Bundle = {
  name: 'cli',
  entries: { main: 'src/cli/main.ts', sed: 'src/cli/sed-main.ts' },
  plugins: [builtinExportsUsed, packageVersionsOnly],
  refused: [],
};

/** The library door `secrets-replicator/sed`. */
const SED: Bundle = {
  name: 'sed',
  entries: { index: 'src/sed/index.ts' },
  plugins: [],
  refused: [[/^src\/(?!sed\/)/, 'the language knows nothing of the rest']],
};

export const BUNDLES: readonly Bundle[] = [FUNCTION, CLI, SED];
