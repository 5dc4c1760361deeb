import { builtinModules, createRequire } from 'node:module';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * Takes from Node's own modules, through `process.getBuiltinModule`, only the exports that are used. An ESM import of
 * `node:http` or `node:crypto` would read every export at start, and some of them (WebSocket, webcrypto) load far more than
 * we use. It also lets CommonJS packages `require` a module of Node from an ESM bundle.
 */
export const builtinExportsUsed: Plugin = {
  name: 'builtin-exports-used',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(node:)?(${builtinModules.join('|')})$`) }, ({ path, kind, importer }) => ({
      path: path.replace(/^node:/, ''),
      // A copy for each importer: one for all of them would be a file of its own, and loading a file costs more than this.
      suffix: `?${basename(importer)}`,
      namespace: kind === 'require-call' ? 'builtin-whole' : 'builtin',
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: inParts(path), loader: 'js' }));
    build.onLoad({ filter: /.*/, namespace: 'builtin-whole' }, ({ path }) => ({
      contents: `module.exports = ${moduleOfNode(path)};`,
      loader: 'js',
    }));
  },
};

/** An ES module of which esbuild drops every export that nobody imports. */
function inParts(path: string): string {
  const names = Object.keys(require(path) as object).filter((name) => IDENTIFIER.test(name) && name !== 'default');
  return `const whole = /* @__PURE__ */ ${moduleOfNode(path)};
const part = (name) => whole[name];
export default whole;
${names.map((name) => `const part_${name} = /* @__PURE__ */ part('${name}');`).join('\n')}
export { ${names.map((name) => `part_${name} as ${name}`).join(', ')} };`;
}

function moduleOfNode(path: string): string {
  return `process.getBuiltinModule(${JSON.stringify(path)})`;
}
