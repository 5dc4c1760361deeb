import { completeConfig, completeDestinations, type DestinationConfig, type ReplicationConfig } from './config.js';
import { ConfigError, type ConfigIssue } from './config-issues.js';
import { configSchema, destinationSchema, type DestinationShape } from './config-schema.js';
import { senseIssues } from './config-sense.js';
import { issuesOf } from './schema-issues.js';
import { noSedfiles, type ReadSedfile } from './sedfile-steps.js';
import { valueAt } from './value-at.js';

/** What a document says, and what is wrong with it. */
export interface CheckedConfig {
  /** Undefined when there is any issue. */
  readonly config: ReplicationConfig | undefined;
  /** Those whose own part of the document has the right shape, so that their rules can be checked although something else is wrong. */
  readonly destinations: readonly DestinationConfig[];
  readonly issues: readonly ConfigIssue[];
}

/** Any document to a configuration that needs no file beside it. Throws ConfigError with every issue of shape and sense. */
export function parseConfig(document: unknown): ReplicationConfig {
  const { config, issues } = checkConfig(document, noSedfiles);
  if (config === undefined) throw new ConfigError(issues);
  return config;
}

/** Every issue of shape; of sense too, once the shape is right. Throws only what `readSedfile` throws beside SedfileUnreadable. */
export function checkConfig(document: unknown, readSedfile: ReadSedfile): CheckedConfig {
  const parsed = configSchema.safeParse(document);
  const shapes = parsed.success ? [...parsed.data.destinations.entries()] : soundDestinations(document);
  const { destinations, issues: unreadable } = completeDestinations(shapes, readSedfile);
  if (!parsed.success) {
    const issues = [...issuesOf(configSchema, parsed.error.issues, document), ...unreadable];
    return { config: undefined, destinations, issues };
  }
  const config = completeConfig(parsed.data, destinations);
  const issues = [...unreadable, ...senseIssues(config)];
  return { config: issues.length === 0 ? config : undefined, destinations, issues };
}

function soundDestinations(document: unknown): [number, DestinationShape][] {
  const list = valueAt(document, ['destinations']);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index): [number, DestinationShape][] => {
    const parsed = destinationSchema.safeParse(entry);
    return parsed.success ? [[index, parsed.data]] : [];
  });
}
