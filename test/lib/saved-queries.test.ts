import { describe, expect, test } from '@jest/globals';
import { EVENT_PLACEHOLDER, LOG_QUERIES, NAME_PLACEHOLDER } from '../../lib/log-queries.js';
import type { World } from '../support/world.js';
import { direct, FAILING, foreign, healthy, queued } from './support/alarm-scenarios.js';
import { answerOf, fieldsOf, type LogLine } from './support/log-insights.js';
import { templateOf } from './support/synthesized.js';
import { propertiesOf, resolved } from './support/template-resources.js';

const linesOf = ({ records }: World): readonly LogLine[] =>
  records.map(({ level, message, fields }) => ({ level: level.toUpperCase(), message, ...fields }));
const fill = (query: string, placeholder: string, by: string) => query.replaceAll(placeholder, by);
const textOf = (id: string) => LOG_QUERIES.find((query) => query.id === id)?.lines.join('\n| ') ?? '';

describe('the saved queries', () => {
  const saved = [...propertiesOf(templateOf('one-region'), 'AWS::Logs::QueryDefinition').values()];
  const [log] = propertiesOf(templateOf('one-region'), 'AWS::Logs::LogGroup').keys();

  test('are all in the stack, in a folder of its own, and ask the log of its function', () => {
    expect(saved.map(({ Name, QueryString }) => [Name.replace(/^[\w-]+\//, ''), QueryString])).toEqual(
      LOG_QUERIES.map(({ title, id }) => [title, textOf(id)]),
    );
    expect(new Set(saved.map(({ Name }) => Name.split('/')[0])).size).toBe(1);
    for (const { LogGroupNames } of saved) expect(resolved(LogGroupNames)).toEqual([log]);
  });

  test('name only fields that the function writes in the lines that they choose', async () => {
    const scenarios = [healthy, foreign, ...Object.values(FAILING)];
    const worlds = await Promise.all(scenarios.map(async (scenario) => scenario(queued)));
    const lines = worlds.flatMap(linesOf);
    const event = lines.map(({ events }) => events).find(Array.isArray)?.[0] as string;
    for (const { id } of LOG_QUERIES) {
      const query = fill(fill(textOf(id), NAME_PLACEHOLDER, 'app/'), EVENT_PLACEHOLDER, event);
      const chosen = answerOf(query, lines);
      const missing = fieldsOf(query).filter((field) => !chosen.some((line) => field in line));
      expect([id, missing]).toEqual([id, []]);
    }
  });
});

test('the story of one secret is of no other', async () => {
  const world = await FAILING['ReplicationFailures']?.(queued);
  const lines = world === undefined ? [] : linesOf(world);
  expect(lines.filter(({ message }) => message === 'replica failed')).toHaveLength(6);
  const story = answerOf(fill(textOf('StoryOfASecret'), NAME_PLACEHOLDER, 'app/0'), lines);
  expect(story.map(({ message, code }) => [message, code])).toEqual([['replica failed', 'ContractBroken']]);
});

test.each([
  ['queue', queued],
  ['direct', direct],
] as const)('an event is followed to its outcome by its id, by delivery %s', async (_, delivered) => {
  const world = await healthy(delivered);
  const lines = linesOf(world);
  const written = lines.filter(({ message }) => message === 'replica written');
  const [first] = written.map(({ events }) => (events as readonly string[])[0] ?? '');
  expect(written.length).toBe(20);
  const chosen = answerOf(fill(textOf('EventToOutcome'), EVENT_PLACEHOLDER, first ?? ''), lines);
  expect(chosen.map(({ message }) => message)).toEqual(['replica written']);
});
