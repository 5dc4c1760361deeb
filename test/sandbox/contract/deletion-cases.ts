import type { ContractCase } from './cases.js';
import type { Scene } from './scene.js';

async function deleted(scene: Scene): Promise<void> {
  await scene.create('db', 'one', 1, { Tags: [{ Key: 'team', Value: 'a' }] });
  await scene.send('DeleteSecret', { SecretId: scene.name('db'), RecoveryWindowInDays: 7 });
}

const onDeleted = (operation: string, more: object = {}) => ({
  run: async (scene: Scene) => {
    await deleted(scene);
    return scene.tried(operation, { SecretId: scene.name('db'), ...more });
  },
});

export const deletionCases: readonly ContractCase[] = [
  {
    name: 'a secret that is scheduled for deletion can be described and keeps its labels',
    run: async (scene) => {
      await deleted(scene);
      const { DeletedDate } = await scene.send('DescribeSecret', { SecretId: scene.name('db') });
      return [DeletedDate instanceof Date, await scene.stages('db')];
    },
    documented: [true, { v1: ['AWSCURRENT'] }],
  },
  { name: 'its value cannot be read', ...onDeleted('GetSecretValue'), documented: 'InvalidRequestException' },
  {
    name: 'it takes no new value',
    ...onDeleted('PutSecretValue', { SecretString: 'x' }),
    documented: 'InvalidRequestException',
  },
  {
    name: 'it takes no update',
    ...onDeleted('UpdateSecret', { Description: 'x' }),
    documented: 'InvalidRequestException',
  },
  {
    name: 'its tags cannot change',
    ...onDeleted('TagResource', { Tags: [{ Key: 'a', Value: 'b' }] }),
    documented: 'InvalidRequestException',
  },
  { name: 'it cannot be scheduled a second time', ...onDeleted('DeleteSecret'), documented: 'InvalidRequestException' },
  {
    name: 'it can still be deleted by force',
    ...onDeleted('DeleteSecret', { ForceDeleteWithoutRecovery: true }),
    documented: 'accepted',
  },
  {
    name: 'its name is taken, with an error of its own',
    run: async (scene) => {
      await deleted(scene);
      return scene.tried('CreateSecret', { Name: scene.name('db'), SecretString: 'x' });
    },
    documented: 'InvalidRequestException',
  },
  {
    name: 'a restored secret has its value back',
    run: async (scene) => {
      await deleted(scene);
      await scene.send('RestoreSecret', { SecretId: scene.name('db') });
      return scene.value('db');
    },
    documented: 'one',
  },
  {
    name: 'a secret that was deleted by force and made again has another ARN',
    run: async (scene) => {
      const { ARN } = await scene.create('db');
      await scene.send('DeleteSecret', { SecretId: scene.name('db'), ForceDeleteWithoutRecovery: true });
      const again = await scene.create('db', 'two', 2);
      return again['ARN'] === ARN;
    },
    documented: false,
  },
  {
    name: 'forced deletion succeeds for a secret that is not there',
    run: (scene) => scene.tried('DeleteSecret', { SecretId: scene.name('none'), ForceDeleteWithoutRecovery: true }),
    documented: 'accepted',
  },
  {
    name: 'recovery window: 7 to 30 days, and not together with force',
    run: async (scene) => {
      await scene.create('db');
      const tried = (more: object) => scene.tried('DeleteSecret', { SecretId: scene.name('db'), ...more });
      return [
        await tried({ RecoveryWindowInDays: 6 }),
        await tried({ RecoveryWindowInDays: 31 }),
        await tried({ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }),
      ];
    },
    documented: ['InvalidParameterException', 'InvalidParameterException', 'InvalidParameterException'],
  },
  {
    name: 'a primary with replicas cannot be deleted, and a replica cannot be written',
    run: async (scene) => {
      await scene.create('db');
      await scene.send('ReplicateSecretToRegions', {
        SecretId: scene.name('db'),
        AddReplicaRegions: [{ Region: 'us-west-2' }],
      });
      return [
        await scene.tried('DeleteSecret', { SecretId: scene.name('db') }),
        await scene.tried('PutSecretValue', { SecretId: scene.name('db'), SecretString: 'x' }, scene.elsewhere),
        await scene.tried('GetSecretValue', { SecretId: scene.name('db') }, scene.elsewhere),
      ];
    },
    documented: ['InvalidParameterException', 'InvalidParameterException', 'accepted'],
  },
  {
    name: 'a replica that is cut loose takes writes of its own',
    run: async (scene) => {
      await scene.create('db');
      await scene.send('ReplicateSecretToRegions', {
        SecretId: scene.name('db'),
        AddReplicaRegions: [{ Region: 'us-west-2' }],
      });
      return [
        await scene.tried('StopReplicationToReplica', { SecretId: scene.name('db') }, scene.elsewhere),
        await scene.tried('PutSecretValue', { SecretId: scene.name('db'), SecretString: 'x' }, scene.elsewhere),
        await scene.value('db'),
      ];
    },
    documented: ['accepted', 'accepted', 'one'],
  },
];
