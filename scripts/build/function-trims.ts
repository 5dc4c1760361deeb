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

/** The SDK recognises browsers with it, in code that never runs here. */
export const noBrowserRecognition: Plugin = {
  name: 'no-browser-recognition',
  setup(build) {
    build.onResolve({ filter: /^bowser$/ }, () => ({ path: 'bowser', namespace: 'absent' }));
    build.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'export {};' }));
  },
};
