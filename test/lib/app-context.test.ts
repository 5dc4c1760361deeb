import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { appContext, CONTEXT_NAMES } from '../../lib/app-context.js';

describe('the context of the ready app', () => {
  test('gives every property that it names', () => {
    const given = {
      delivery: 'direct',
      maxConcurrency: '3',
      timeout: '90',
      memory: 1024,
      logLevel: 'DEBUG',
      trail: 'true',
      encryptionKey: 'new',
      sourceKeys: 'arn:a,arn:b',
      alarmEmail: 'a@example.com,b@example.com',
      alarmTopic: 'new',
      alarmWebhook: 'https://chat.example.com/hook',
      alarmWebhookSecret: 'chat-token',
      rulesObject: 's3://rules/key',
      rulesTtl: 30,
      rulesKey: 'arn:c',
      dashboard: false,
    };
    const { props } = appContext(given);
    expect(props).toMatchObject({
      delivery: 'direct',
      maxConcurrency: 3,
      logLevel: 'DEBUG',
      trail: true,
      encryptionKey: 'new',
      sourceKeyArns: ['arn:a', 'arn:b'],
      alarmEmails: ['a@example.com', 'b@example.com'],
      alarmTopic: 'new',
      alarmWebhook: { url: 'https://chat.example.com/hook' },
      rulesObject: { uri: 's3://rules/key', keyArn: 'arn:c' },
      dashboard: false,
    });
    expect([props.timeout?.toSeconds(), props.memory?.toMebibytes()]).toEqual([90, 1024]);
    expect(props.rulesObject?.ttl?.toSeconds()).toBe(30);
    expect(appContext({})).toEqual({ config: undefined, stack: undefined, role: undefined, props: {} });
  });

  test.each([
    [
      { delivry: 'direct' },
      /^-c delivry=… is nothing that this app reads; it reads alarmEmail, .*, delivery, .*trail$/,
    ],
    [{ trail: 'yes' }, /^-c trail=yes is not understood; it takes true or false$/],
    [{ timeout: '1m' }, /^-c timeout=1m is not understood; it takes a whole number$/],
    [{ encryptionKey: 'alias/mine' }, /it takes new; for one of yours, use the construct SecretsReplicator/],
    [{ alarmWebhook: 'https://chat.example.com' }, /^alarmWebhook needs -c alarmWebhookSecret=<name of a secret>/],
    [{ stack: 'my_stack' }, /^-c stack=my_stack is not understood; it takes a letter and up to 127/],
  ])('is refused with what to write instead: %j', (given, sentence) => {
    expect(() => appContext(given)).toThrow(sentence);
  });

  test('leaves settings of the CDK alone', () => {
    expect(
      appContext({ '@aws-cdk/core:checkSecretUsage': true, 'cli-telemetry': false, 'aws:cdk:x': 1 }).props,
    ).toEqual({});
  });

  test('is documented, every name of it', () => {
    const manual = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');
    const documented = [...manual.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(new Set(documented)).toEqual(new Set(CONTEXT_NAMES));
  });
});
