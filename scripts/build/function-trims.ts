import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** Of the SDK's package.json files only the version is used, for the user agent. */
export const packageVersionsOnly: Plugin = {
  name: 'package-versions-only',
  setup(build) {
    build.onLoad({ filter: /node_modules[\\/]@(aws-sdk|smithy)[\\/].*package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * The credentials of a Lambda function stand in its environment and nowhere else, so the chain through profiles, SSO,
 * processes and metadata servers (130 KB) stays out. The environment is read when credentials are first asked for.
 */
export const environmentCredentials: Plugin = {
  name: 'environment-credentials',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: 'env',
      namespace: 'credentials',
    }));
    build.onLoad({ filter: /.*/, namespace: 'credentials' }, () => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
      resolveDir: import.meta.dirname,
    }));
  },
};

/** A file of the SDK, what takes its place, and why nothing is missed. */
type Replacement = readonly [file: RegExp, contents: (original: string) => string, why: string];

const REPLACEMENTS: readonly Replacement[] = [
  [
    /smithy\/core\/dist-es\/submodules\/config\/node-config-provider\/configLoader\.js$/,
    () => `export const loadConfig = ({ environmentVariableSelector: read, default: fallback }, options = {}) => {
  let loaded;
  const load = async () => {
    let value;
    try {
      value = read(process.env, { signingName: options.signingName, logger: options.logger });
    } catch {}
    return value ?? (typeof fallback === 'function' ? fallback() : fallback);
  };
  return () => (loaded ??= load());
};`,
    'a function has no home folder with profiles, so its settings stand in its environment or are the default; each threw two errors on the way there',
  ],
  [
    /smithy\/core\/dist-es\/submodules\/config\/config-resolver\/regionConfig\/getInstanceMetadataRegion\.js$/,
    () => 'export const getInstanceMetadataRegion = async () => undefined;',
    'a function has no instance metadata; its region stands in its environment',
  ],
  [
    /smithy\/node-http-handler\/dist-es\/node-http-handler\.js$/,
    (original) => original.replace('await import("node:http")', 'process.getBuiltinModule("http")'),
    'the handler imports https at once, which has loaded http',
  ],
  [
    /smithy\/core\/dist-es\/submodules\/retry\/util-retry\/AdaptiveRetryStrategy\.js$/,
    () => `export { StandardRetryStrategy as AdaptiveRetryStrategy } from './StandardRetryStrategy';`,
    'clients make one attempt; retries are ours (docs/decisions/0002)',
  ],
  [
    /smithy\/core\/dist-es\/submodules\/checksum\/(sha256\/Sha256|md5\/Md5|crc32\/Crc32)Js\.js$/,
    (original) => `export const ${/class (\w+)/.exec(original)?.[1]} = undefined;`,
    'stands in for the native one, which every Node here has; CRC-32 is not used',
  ],
  [
    /aws-sdk\/core\/dist-es\/submodules\/protocols\/index\.js$/,
    (original) => original.replaceAll(/^export .* from "\.\/(query|xml|cbor)\/.*$/gm, ''),
    'Secrets Manager, SQS and CloudWatch speak JSON; without this, the protocols of others load with them',
  ],
  [
    /aws-sdk\/client-[a-z-]+\/dist-es\/schemas\/schemas_0\.js$/,
    (original) => original.replaceAll(/^n0_registry\.registerError\(.*\);$/gm, ''),
    'failures are told apart by the name that the service sends (src/aws/failures.ts), not by a class for each',
  ],
  [
    /aws-sdk\/client-sts\/dist-es\/runtimeConfig\.shared\.js$/,
    (original) =>
      original.replace(
        '"@aws-sdk/core/protocols"',
        '"../../core/dist-es/submodules/protocols/query/AwsQueryProtocol.js"',
      ),
    'STS alone speaks Query, and loads it by itself',
  ],
  [
    /smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
    () => 'export {};',
    'loaded where an answer streams; none of ours does',
  ],
  [
    /smithy\/core\/dist-es\/submodules\/serde\/util-stream\/stream-type-check\.js$/,
    (original) => original.replaceAll(/typeof (ReadableStream|Blob) === "function"/g, 'false'),
    'Node loads its web streams when these globals are read; our bodies are strings and streams of Node',
  ],
  [
    /smithy\/core\/dist-es\/submodules\/retry\/middleware-retry\/isStreamingPayload\/isStreamingPayload\.js$/,
    () => 'export const isStreamingPayload = () => false;',
    'the same',
  ],
  [
    /smithy\/core\/dist-es\/submodules\/serde\/uuid\/v4\.js$/,
    () => `import { randomUUID } from 'node:crypto';\nexport const bindV4 = () => () => randomUUID();`,
    'Node loads Web Crypto when the global is read',
  ],
  [
    /smithy\/core\/dist-es\/submodules\/serde\/index\.js$/,
    (original) => original.replace('const _getRandomValues = getRandomValues;', 'const _getRandomValues = undefined;'),
    'the same',
  ],
  [
    /smithy\/core\/dist-es\/submodules\/serde\/util-body-length\/calculateBodyLength\.js$/,
    () => 'export const calculateBodyLength = (body) => Buffer.byteLength(body ?? "");',
    'asking whether a body is a file loads the streams of files; ours are strings and bytes',
  ],
  [
    /node_modules\/p-retry\/index\.js$/,
    (original) => original.replaceAll('performance.now()', '0'),
    'it is given no limit in time, and Node loads all of perf_hooks when the global is read',
  ],
  [/node_modules\/bowser\//, () => 'export {};', 'recognises browsers, in code that never runs here'],
];

/** Parts of the SDK that never run in a Lambda function, or only where they are asked for. */
export const sdkTrims: Plugin = {
  name: 'sdk-trims',
  setup(build) {
    const unused = new Set(REPLACEMENTS);
    for (const replacement of REPLACEMENTS) {
      const [filter, contents] = replacement;
      build.onLoad({ filter }, ({ path }) => {
        unused.delete(replacement);
        return { contents: contents(readFileSync(path, 'utf8')), loader: 'js' };
      });
    }
    build.onEnd(() => ({
      errors: [...unused].map(([filter]) => ({ text: `the SDK has no file ${filter.source} any more` })),
    }));
  },
};
