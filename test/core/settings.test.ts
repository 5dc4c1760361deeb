import { describe, expect, test } from '@jest/globals';
import { parseSettings } from '../../src/core/settings.js';

describe('the settings of an operator', () => {
  test('left out or empty mean what the configuration and the stack say', () => {
    expect(parseSettings({ LOG_LEVEL: '', TRACING: ' ' })).toEqual({
      configPath: undefined,
      logLevel: 'INFO',
      logSampleRate: 0,
      metricsEnabled: true,
      metricsNamespace: undefined,
      tracing: false,
      dryRun: false,
      deadLetterQueueUrl: undefined,
      changeQueueUrl: undefined,
      circuitBreaker: undefined,
      ownershipEnforced: false,
    });
  });

  test('are understood as people write them', () => {
    const environment = {
      REPLICATOR_CONFIG: '/opt/replicator.json',
      LOG_LEVEL: 'debug',
      LOG_SAMPLE_RATE: '0.05',
      ENABLE_METRICS: 'off',
      METRICS_NAMESPACE: 'Staging/Secrets',
      TRACING: 'yes',
      CIRCUIT_BREAKER: '0',
      DRY_RUN: 'True',
    };
    expect(parseSettings(environment)).toMatchObject({
      configPath: '/opt/replicator.json',
      logLevel: 'DEBUG',
      logSampleRate: 0.05,
      metricsEnabled: false,
      metricsNamespace: 'Staging/Secrets',
      tracing: true,
      circuitBreaker: false,
      dryRun: true,
    });
  });

  test('may name an object in S3 in the place of a file', () => {
    const object = { REPLICATOR_CONFIG: 's3://rules/live.json', REPLICATOR_CONFIG_TTL_SECONDS: ' 5 ' };
    const { configPath, rules } = parseSettings(object);
    expect([configPath, rules?.uri, rules?.given('REPLICATOR_CONFIG_TTL_SECONDS')]).toEqual([
      undefined,
      's3://rules/live.json',
      '5',
    ]);
  });

  test.each([
    ['LOG_LEVEL', 'verbose', 'LOG_LEVEL takes DEBUG, INFO, WARN, ERROR'],
    ['LOG_SAMPLE_RATE', '5 %', 'LOG_SAMPLE_RATE takes a number from 0, none, to 1, all'],
    ['LOG_SAMPLE_RATE', '1.5', 'LOG_SAMPLE_RATE takes a number from 0, none, to 1, all'],
    ['ENABLE_METRICS', 'maybe', 'ENABLE_METRICS takes true or false'],
    ['METRICS_NAMESPACE', 'AWS/Lambda', 'METRICS_NAMESPACE takes 1 to 255 letters'],
    ['TRACING', 'xray', 'TRACING takes true or false'],
    ['CIRCUIT_BREAKER', 'half', 'CIRCUIT_BREAKER takes true or false'],
    ['DRY_RUN', 'please', 'DRY_RUN takes true or false'],
  ])('%s that cannot be understood stops the start with what it takes', (name, value, message) => {
    expect(() => parseSettings({ [name]: value })).toThrow(message);
  });
});
