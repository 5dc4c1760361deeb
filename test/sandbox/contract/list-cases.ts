import type { ContractCase } from './cases.js';
import type { Scene } from './scene.js';

async function threeSecrets(scene: Scene): Promise<void> {
  await scene.create('a', 'one', 1, { Tags: [{ Key: 'Team', Value: 'red' }], Description: 'Main store' });
  await scene.create('b', 'two', 2, { Tags: [{ Key: 'Team', Value: 'blue' }] });
  await scene.create('c', 'three', 3);
}

const inScene = (scene: Scene, ...more: { Key: string; Values: string[] }[]) => ({
  Filters: [{ Key: 'name', Values: [scene.prefix] }, ...more],
});

export const listCases: readonly ContractCase[] = [
  {
    name: 'a listing goes on from NextToken until everything was told once',
    run: async (scene) => {
      await threeSecrets(scene);
      return [...(await scene.listed({ MaxResults: 2 }))].sort();
    },
    documented: ['a', 'b', 'c'],
  },
  {
    name: 'filters match prefixes, negate with an exclamation mark, and mind case for names and tags',
    run: async (scene) => {
      await threeSecrets(scene);
      const listed = async (Key: string, value: string) =>
        [...(await scene.listed(inScene(scene, { Key, Values: [value] })))].sort();
      return {
        tagValue: await listed('tag-value', 're'),
        notName: await listed('name', `!${scene.prefix}/b`),
        tagKey: await listed('tag-key', 'Team'),
        tagKeyCase: await listed('tag-key', 'team'),
        description: await listed('description', 'main'),
        name: await listed('name', `${scene.prefix}/b`),
        inside: await listed('name', 'b'),
      };
    },
    documented: {
      tagValue: ['a'],
      notName: ['a', 'c'],
      tagKey: ['a', 'b'],
      tagKeyCase: [],
      description: ['a'],
      name: ['b'],
      inside: [],
    },
  },
  {
    name: 'secrets scheduled for deletion are listed only when asked for',
    run: async (scene) => {
      await threeSecrets(scene);
      await scene.send('DeleteSecret', { SecretId: scene.name('b') });
      return [await scene.listed(), await scene.listed({ IncludePlannedDeletion: true })].map((names) =>
        [...names].sort(),
      );
    },
    documented: [
      ['a', 'c'],
      ['a', 'b', 'c'],
    ],
  },
  {
    name: 'a NextToken that nobody issued is refused',
    run: (scene) => scene.tried('ListSecrets', { NextToken: 'invented' }),
    documented: 'InvalidNextTokenException',
  },
  {
    name: 'a batch tells values and, beside them, what could not be read',
    run: async (scene) => {
      await threeSecrets(scene);
      const batch = await scene.send('BatchGetSecretValue', { SecretIdList: [scene.name('a'), scene.name('none')] });
      return [
        (batch['SecretValues'] as { SecretString: string }[]).map(({ SecretString }) => SecretString),
        (batch['Errors'] as { ErrorCode: string }[]).map(({ ErrorCode }) => ErrorCode),
      ];
    },
    documented: [['one'], ['ResourceNotFoundException']],
  },
  {
    name: 'a batch takes ids or filters, not both',
    run: (scene) =>
      scene.tried('BatchGetSecretValue', {
        SecretIdList: [scene.name('a')],
        Filters: [{ Key: 'name', Values: [scene.prefix] }],
      }),
    documented: 'InvalidParameterException',
  },
  {
    name: 'tags are merged by key and taken away by key',
    run: async (scene) => {
      await threeSecrets(scene);
      await scene.send('TagResource', {
        SecretId: scene.name('a'),
        Tags: [
          { Key: 'Team', Value: 'green' },
          { Key: 'Tier', Value: '1' },
        ],
      });
      await scene.send('UntagResource', { SecretId: scene.name('a'), TagKeys: ['Tier', 'never'] });
      const { Tags } = await scene.send('DescribeSecret', { SecretId: scene.name('a') });
      return Tags;
    },
    documented: [{ Key: 'Team', Value: 'green' }],
  },
];
