import { expect, test } from '@jest/globals';
import { FunctionProcess } from '../../src/cli/function-process.js';
import { folderWith } from '../support/folder.js';

const BUNDLE = `export const handler = async (event) => {
  if (event === 'die') process.kill(process.pid, 'SIGKILL');
  return process.pid;
};`;

test('a function that dies takes its invocation with it, and another process answers the next one, as in Lambda', async () => {
  const bundle = `${folderWith({ 'index.mjs': BUNDLE })}/index.mjs`;
  const replicator = await FunctionProcess.start({ bundle, environment: {} });
  const first = await replicator.invoke('live');
  await expect(replicator.invoke('die')).rejects.toThrow("the function's process ended with SIGKILL");
  const second = await replicator.invoke('live');
  expect(second).not.toBe(first);
  await expect(replicator.invoke('live')).resolves.toBe(second);
  await replicator.stop();
});
