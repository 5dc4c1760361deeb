import * as z from 'zod/mini';
import { configSchema } from '../core/config-schema.js';

/** The JSON Schema of `replicator.yaml`, as text: what editors complete and check with. */
export function editorSchema(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input' });
  return `${JSON.stringify({ title: 'Secrets replicator configuration', ...schema }, undefined, 2)}\n`;
}
