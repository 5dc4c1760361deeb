import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { CASES, type ContractCase } from './contract/cases.js';
import { hasMoto, type MotoServer, startMoto } from './contract/moto.js';
import { MOTO_DIFFERS } from './contract/moto-differs.js';
import { Scene } from './contract/scene.js';

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' };

function client(region: string, options: object): SecretsManagerClient {
  return new SecretsManagerClient({ region, credentials, maxAttempts: 1, ...options });
}

function standIn(): object {
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const sandbox = new Sandbox({ now: () => Date.UTC(2026, 10, 2), random });
  return { requestHandler: sandbox.requestHandler };
}

function sceneAt(options: object, index: number): Scene {
  return new Scene(client('us-east-1', options), `case${index}`, client('us-west-2', options));
}

describe('the stand-in follows the documentation:', () => {
  test.each(CASES.map((contract, index) => ({ ...contract, index })))('$name', async ({ run, documented, index }) => {
    expect(await run(sceneAt(standIn(), index))).toEqual(documented);
  });
});

/** What a target came to, or how the case broke off on it. */
async function observed(contract: ContractCase, scene: Scene): Promise<unknown> {
  try {
    return await contract.run(scene);
  } catch (error) {
    return { brokeOff: (error as Error).name };
  }
}

describe.each(hasMoto ? ['moto_server'] : [])('beside %s', () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  test('moto differs from the documentation exactly where the table says', async () => {
    const differing: Record<string, unknown> = {};
    for (const [index, contract] of CASES.entries()) {
      const found = await observed(contract, sceneAt({ endpoint: moto.url }, index));
      if (isDeepStrictEqual(found, contract.documented)) continue;
      differing[contract.name] = found;
      process.stdout.write(
        `differs: ${contract.name}\n  as documented (stand-in): ${JSON.stringify(contract.documented)}\n  moto: ${JSON.stringify(found)}\n`,
      );
    }
    expect(differing).toEqual(MOTO_DIFFERS);
  });
});
