import { writeFileSync } from 'node:fs';
import { editorSchema } from '../src/files/editor-schema.js';

writeFileSync(new URL('../schema/replicator.schema.json', import.meta.url), editorSchema());
