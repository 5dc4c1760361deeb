import { builtinModules, createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * Takes Node's own modules through `process.getBuiltinModule`, each on the first use of one of its exports. An ESM import
 * of `node:http` or `node:crypto` would read every export at start, and some of them (WebSocket, webcrypto) load far more
 * than we use. It also lets CommonJS packages `require` a module of Node from an ESM bundle.
 */
export const builtinModulesOnUse: Plugin = {
  name: 'builtin-modules-on-use',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(node:)?(${builtinModules.join('|')})$`) }, ({ path }) => ({
      path: path.replace(/^node:/, ''),
      namespace: 'builtin',
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: onUse(path), loader: 'js' }));
  },
};

/** CommonJS with a getter for each export; esbuild keeps the getters when an ES module imports it. */
function onUse(module: string): string {
  const names = Object.keys(require(module) as object).filter((name) => IDENTIFIER.test(name) && name !== 'default');
  return `const module = () => process.getBuiltinModule(${JSON.stringify(module)});
for (const name of ${JSON.stringify(names.sort().join(' '))}.split(' '))
  Object.defineProperty(exports, name, { enumerable: true, get: () => module()[name] });`;
}
