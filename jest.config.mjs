// The SDK's warning about Node 20 would stand between the results of every file.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const swc = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** Shared by every project; a project is a folder of tests that needs its own set-up or pace. */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  injectGlobals: false,
};

export default {
  globalSetup: '<rootDir>/test/support/build.mjs',
  // One worker a core; the default leaves one core idle, which is half of a small machine.
  maxWorkers: '100%',
  // Long enough that a busy machine fails no test; none waits for it when it is right.
  testTimeout: 120_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/test/lib/'],
    },
    {
      ...base,
      displayName: 'lib',
      globalSetup: '<rootDir>/test/lib/support/set-up.mjs',
      testMatch: ['<rootDir>/test/lib/**/*.test.ts'],
    },
  ],
};
