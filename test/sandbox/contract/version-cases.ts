import type { ContractCase } from './cases.js';
import { version } from './scene.js';

export const versionCases: readonly ContractCase[] = [
  {
    name: 'a put moves AWSCURRENT and AWSPREVIOUS',
    run: async (scene) => {
      await scene.create('db');
      await scene.put('db', 'two', 2);
      return [
        await scene.stages('db'),
        await scene.value('db'),
        await scene.value('db', { VersionStage: 'AWSPREVIOUS' }),
      ];
    },
    documented: [{ v1: ['AWSPREVIOUS'], v2: ['AWSCURRENT'] }, 'two', 'one'],
  },
  {
    name: 'a repeated put with the same token and value does nothing, not even to the labels',
    run: async (scene) => {
      await scene.create('db');
      await scene.put('db', 'two', 2);
      const { VersionStages } = await scene.put('db', 'one', 1);
      return [VersionStages, await scene.stages('db')];
    },
    documented: [['AWSPREVIOUS'], { v1: ['AWSPREVIOUS'], v2: ['AWSCURRENT'] }],
  },
  {
    name: 'a put with a known token and another value is refused',
    run: async (scene) => {
      await scene.create('db');
      return scene.tried('PutSecretValue', {
        SecretId: scene.name('db'),
        SecretString: 'x',
        ClientRequestToken: version(1),
      });
    },
    documented: 'ResourceExistsException',
  },
  {
    name: 'a put with AWSPENDING leaves AWSCURRENT where it is',
    run: async (scene) => {
      await scene.create('db');
      await scene.put('db', 'two', 2, ['AWSPENDING']);
      return [await scene.stages('db'), await scene.value('db')];
    },
    documented: [{ v1: ['AWSCURRENT'], v2: ['AWSPENDING'] }, 'one'],
  },
  {
    name: 'a custom label stays on its version when AWSCURRENT moves away',
    run: async (scene) => {
      await scene.create('db');
      await scene.move('db', 'GOOD', 1);
      await scene.put('db', 'two', 2);
      return scene.stages('db');
    },
    documented: { v1: ['AWSPREVIOUS', 'GOOD'], v2: ['AWSCURRENT'] },
  },
  {
    name: 'a label in a put is taken off the version that had it',
    run: async (scene) => {
      await scene.create('db');
      await scene.move('db', 'GOOD', 1);
      await scene.put('db', 'two', 2, ['AWSCURRENT', 'GOOD']);
      return scene.stages('db');
    },
    documented: { v1: ['AWSPREVIOUS'], v2: ['AWSCURRENT', 'GOOD'] },
  },
  {
    name: 'the first put on a secret without a value receives AWSCURRENT, whatever labels it names',
    run: async (scene) => {
      await scene.send('CreateSecret', { Name: scene.name('db') });
      const before = await scene.tried('GetSecretValue', { SecretId: scene.name('db') });
      await scene.put('db', 'one', 1, ['GOOD']);
      return [before, await scene.stages('db')];
    },
    documented: ['ResourceNotFoundException', { v1: ['AWSCURRENT', 'GOOD'] }],
  },
  {
    name: 'creating again with the same token and value succeeds',
    run: async (scene) => {
      await scene.create('db');
      return scene.tried('CreateSecret', {
        Name: scene.name('db'),
        SecretString: 'one',
        ClientRequestToken: version(1),
      });
    },
    documented: 'accepted',
  },
  {
    name: 'creating a taken name with another token is refused',
    run: async (scene) => {
      await scene.create('db');
      return scene.tried('CreateSecret', {
        Name: scene.name('db'),
        SecretString: 'one',
        ClientRequestToken: version(2),
      });
    },
    documented: 'ResourceExistsException',
  },
  {
    name: 'an update without a value makes no version and returns no VersionId',
    run: async (scene) => {
      await scene.create('db');
      const { VersionId } = await scene.send('UpdateSecret', { SecretId: scene.name('db'), Description: 'new' });
      return [VersionId ?? 'none', await scene.stages('db')];
    },
    documented: ['none', { v1: ['AWSCURRENT'] }],
  },
  {
    name: 'an update with the token of a version is an error',
    run: async (scene) => {
      await scene.create('db');
      return scene.tried('UpdateSecret', {
        SecretId: scene.name('db'),
        SecretString: 'one',
        ClientRequestToken: version(1),
      });
    },
    documented: 'ResourceExistsException',
  },
  {
    name: 'bytes come back as they were put',
    run: async (scene) => {
      await scene.send('CreateSecret', { Name: scene.name('bin'), SecretBinary: new Uint8Array([0, 255, 10, 13]) });
      const { SecretBinary, SecretString } = await scene.send('GetSecretValue', { SecretId: scene.name('bin') });
      return [[...(SecretBinary as Uint8Array)], SecretString ?? 'none'];
    },
    documented: [[0, 255, 10, 13], 'none'],
  },
  {
    name: 'text and bytes in one put are refused',
    run: async (scene) => {
      await scene.create('db');
      return scene.tried('PutSecretValue', {
        SecretId: scene.name('db'),
        SecretString: 'x',
        SecretBinary: new Uint8Array([1]),
      });
    },
    documented: 'InvalidParameterException',
  },
  {
    name: 'a version id and a label of another version do not go together',
    run: async (scene) => {
      await scene.create('db');
      await scene.put('db', 'two', 2);
      return scene.tried('GetSecretValue', {
        SecretId: scene.name('db'),
        VersionId: version(1),
        VersionStage: 'AWSCURRENT',
      });
    },
    documented: 'InvalidRequestException',
  },
  {
    name: 'a partial ARN finds its secret, and one that ends in a hyphen and six characters does not',
    run: async (scene) => {
      const { ARN: plain } = await scene.create('db');
      const { ARN: trap } = await scene.create('db-backup', 'one', 2);
      const partial = (arn: unknown) => String(arn).slice(0, -7);
      return [
        await scene.tried('DescribeSecret', { SecretId: partial(plain) }),
        await scene.tried('DescribeSecret', { SecretId: partial(trap) }),
        await scene.tried('DescribeSecret', { SecretId: trap }),
        await scene.tried('DescribeSecret', { SecretId: scene.name('db-backup') }),
      ];
    },
    documented: ['accepted', 'ResourceNotFoundException', 'accepted', 'accepted'],
  },
  {
    name: 'the ARN of another region finds nothing here',
    run: async (scene) => {
      const { ARN } = await scene.create('db');
      return scene.tried('DescribeSecret', { SecretId: ARN }, scene.elsewhere);
    },
    documented: 'ResourceNotFoundException',
  },
];
