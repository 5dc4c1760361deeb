import type { ContractCase } from './cases.js';
import type { Scene } from './scene.js';

/** v1 with AWSPREVIOUS, v2 with AWSCURRENT, v3 with STAGED. */
async function threeVersions(scene: Scene): Promise<void> {
  await scene.create('db');
  await scene.put('db', 'two', 2);
  await scene.put('db', 'three', 3, ['STAGED']);
}

export const stageCases: readonly ContractCase[] = [
  {
    name: 'AWSCURRENT moves when the caller names the version that has it',
    run: async (scene) => {
      await threeVersions(scene);
      return [await scene.move('db', 'AWSCURRENT', 1, 2), await scene.stages('db'), await scene.value('db')];
    },
    documented: ['accepted', { v1: ['AWSCURRENT'], v2: ['AWSPREVIOUS'], v3: ['STAGED'] }, 'one'],
  },
  {
    name: 'AWSCURRENT does not move when the caller names another version or none',
    run: async (scene) => {
      await threeVersions(scene);
      return [
        await scene.move('db', 'AWSCURRENT', 3, 1),
        await scene.move('db', 'AWSCURRENT', 3),
        await scene.stages('db'),
      ];
    },
    documented: [
      'InvalidParameterException',
      'InvalidParameterException',
      { v1: ['AWSPREVIOUS'], v2: ['AWSCURRENT'], v3: ['STAGED'] },
    ],
  },
  {
    name: 'a custom label on another version moves only if the caller names that version',
    run: async (scene) => {
      await threeVersions(scene);
      const blind = await scene.move('db', 'STAGED', 2);
      return [blind, await scene.move('db', 'STAGED', 2, 3), (await scene.stages('db'))['v2']];
    },
    documented: ['InvalidParameterException', 'accepted', ['AWSCURRENT', 'STAGED']],
  },
  {
    name: 'a repeated move that names the old holder is refused',
    run: async (scene) => {
      await threeVersions(scene);
      await scene.move('db', 'AWSCURRENT', 3, 2);
      return [await scene.move('db', 'AWSCURRENT', 3, 2), (await scene.stages('db'))['v3']];
    },
    documented: ['InvalidParameterException', ['AWSCURRENT', 'STAGED']],
  },
  {
    name: 'AWSCURRENT cannot be taken away altogether',
    run: async (scene) => {
      await threeVersions(scene);
      return scene.move('db', 'AWSCURRENT', undefined, 2);
    },
    documented: 'InvalidParameterException',
  },
  {
    name: 'a version that loses its last label is hidden unless deprecated ones are asked for',
    run: async (scene) => {
      await threeVersions(scene);
      await scene.move('db', 'STAGED', undefined, 3);
      const count = async (more: object) => {
        const { Versions } = await scene.send('ListSecretVersionIds', { SecretId: scene.name('db'), ...more });
        return (Versions as unknown[]).length;
      };
      return [Object.keys(await scene.stages('db')), await count({}), await count({ IncludeDeprecated: true })];
    },
    documented: [['v1', 'v2'], 2, 3],
  },
  {
    name: 'a version that does not exist cannot receive a label',
    run: async (scene) => {
      await threeVersions(scene);
      return scene.move('db', 'AWSCURRENT', 9, 2);
    },
    documented: 'ResourceNotFoundException',
  },
];
