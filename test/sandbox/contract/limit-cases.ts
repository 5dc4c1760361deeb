import type { ContractCase } from './cases.js';

const tags = (count: number) => Array.from({ length: count }, (_, i) => ({ Key: `k${i}`, Value: 'v' }));

export const limitCases: readonly ContractCase[] = [
  {
    name: 'a value has 65,536 bytes at most, counted in UTF-8',
    run: async (scene) => {
      const tried = (short: string, value: string) =>
        scene.tried('CreateSecret', { Name: scene.name(short), SecretString: value });
      return [
        await tried('full', 'x'.repeat(65_536)),
        await tried('over', 'x'.repeat(65_537)),
        await tried('wide', 'é'.repeat(32_769)),
      ];
    },
    documented: ['accepted', 'ValidationException', 'ValidationException'],
  },
  {
    name: 'a name has letters, digits and /_+=.@- and 512 characters at most',
    run: async (scene) => {
      const tried = (Name: string) => scene.tried('CreateSecret', { Name, SecretString: 'x' });
      return [
        await tried(`${scene.prefix}/ok_+=.@-`),
        await tried(`${scene.prefix}/a b`),
        await tried(`${scene.prefix}/rds!x`),
        await tried('x'.repeat(513)),
      ];
    },
    documented: ['accepted', 'ValidationException', 'ValidationException', 'ValidationException'],
  },
  {
    name: 'a token has 32 to 64 characters',
    run: (scene) =>
      scene.tried('CreateSecret', { Name: scene.name('db'), SecretString: 'x', ClientRequestToken: 'short' }),
    documented: 'ValidationException',
  },
  {
    name: 'a description has 2,048 characters at most',
    run: (scene) => scene.tried('CreateSecret', { Name: scene.name('db'), Description: 'x'.repeat(2_049) }),
    documented: 'ValidationException',
  },
  {
    name: 'a secret has 50 tags at most, and none that starts with aws:',
    run: async (scene) => {
      const tried = (short: string, Tags: object[]) => scene.tried('CreateSecret', { Name: scene.name(short), Tags });
      return [
        await tried('full', tags(50)),
        await tried('over', tags(51)),
        await tried('reserved', [{ Key: 'aws:x', Value: 'v' }]),
      ];
    },
    documented: ['accepted', 'InvalidParameterException', 'InvalidParameterException'],
  },
  {
    name: 'a batch takes 20 ids at most',
    run: (scene) =>
      scene.tried('BatchGetSecretValue', { SecretIdList: Array.from({ length: 21 }, (_, i) => scene.name(`s${i}`)) }),
    documented: 'ValidationException',
  },
  {
    name: 'a secret holds 100 versions, and none younger than a day is pruned',
    run: async (scene) => {
      await scene.create('db', 'v1', 1);
      for (let i = 2; i <= 100; i += 1) await scene.put('db', `v${i}`, i);
      return scene.tried('PutSecretValue', { SecretId: scene.name('db'), SecretString: 'one too many' });
    },
    documented: 'LimitExceededException',
  },
  {
    name: 'a secret that is not there is a fault of the caller',
    run: async (scene) => {
      try {
        return await scene.value('none');
      } catch (error) {
        const { name, $metadata } = error as Error & { $metadata: { httpStatusCode: number } };
        return [name, $metadata.httpStatusCode];
      }
    },
    documented: ['ResourceNotFoundException', 400],
  },
];
