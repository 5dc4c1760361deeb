import { InvalidArgumentError } from 'commander';
import { isRoleArn } from '../core/names.js';
import { isRulesUri, RULES_URI_TAKES } from '../core/rules-object.js';
import { RULES } from '../flow/made-by.js';

/** What commands take, checked before anything is done. Each throws InvalidArgumentError, which is wrong usage. */

export function port(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new InvalidArgumentError('a port is a number from 0 to 65535');
}

export function queueUrl(text: string): string {
  if (/^https?:\/\/[^/]+\/(?:[^/]+\/)*\d{12}\/[\w.-]+$/.test(text)) return text;
  throw new InvalidArgumentError('a queue is told by its URL: https://sqs.<region>.amazonaws.com/<account>/<name>');
}

/** Takes one word, so that names may follow it. */
export function another(id: string, before: readonly string[] = []): string[] {
  return [...before, id];
}

export function rules(text: string): string {
  if (RULES.test(text)) return text;
  throw new InvalidArgumentError(
    'rules are told by 12 or more hexadecimal digits of their digest, all 64 for former ones, or none',
  );
}

export function rulesUri(text: string): string {
  if (isRulesUri(text)) return text;
  throw new InvalidArgumentError(`an object with rules is told by ${RULES_URI_TAKES}`);
}

export function queueUrls(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, queueUrl(text)];
}

export function roleArn(text: string): string {
  if (isRoleArn(text)) return text;
  throw new InvalidArgumentError('a role is told by its ARN: arn:aws:iam::<account>:role/<name>');
}

/** Longest id of a secret (Secrets Manager API reference, SecretId). */
const MAX_ID_CHARACTERS = 2_048;

export function secrets(text: string, before: readonly string[] = []): readonly string[] {
  if (text.length >= 1 && text.length <= MAX_ID_CHARACTERS) return [...before, text];
  throw new InvalidArgumentError(`a secret is told by its name or ARN, 1 to ${MAX_ID_CHARACTERS} characters`);
}

/** What is wrong with the endpoint that the SDK's variables name; the SDK itself would only say TypeError. Undefined: nothing. */
export function wrongEndpoint(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const found = Object.entries(environment).find(
    ([name, url]) =>
      /^AWS_ENDPOINT_URL(_|$)/.test(name) && url !== undefined && url !== '' && !/^https?:\/\/[^/]/.test(url),
  );
  return found === undefined ? undefined : `${found[0]} is no URL; it takes http://host:port or https://host`;
}
