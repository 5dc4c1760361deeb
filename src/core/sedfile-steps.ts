import type { ConfigIssue } from './config-issues.js';
import { placeOf } from './config-issues.js';
import type { DestinationShape } from './config-schema.js';
import { MAX_SCRIPT_CHARACTERS } from './script-limit.js';
import type { JsonStepShape, SedStepShape, TransformStepShape } from './step-schema.js';

/** A step that carries its own text. */
export type EmbeddedStep = SedStepShape | JsonStepShape;

/** The text of the sedfile that the configuration calls so. Throws SedfileUnreadable. */
export type ReadSedfile = (name: string) => string;

/** Why a sedfile cannot be had, in words that go behind its place: `was not found`. */
export class SedfileUnreadable extends Error {
  override readonly name = 'SedfileUnreadable';
}

/** For configurations that must stand alone. */
export const noSedfiles: ReadSedfile = () => {
  throw new SedfileUnreadable('cannot be read here; the compiled configuration holds its text instead');
};

/** Stands for a step that cannot be had, so that those behind it keep their positions in what else is wrong. */
const EMPTY: EmbeddedStep = { sed: '#' };

/** A destination's chain with the text of each sedfile in the place of its name. */
export function embedSedfiles(
  shape: DestinationShape,
  index: number,
  read: ReadSedfile,
): { steps: EmbeddedStep[]; issues: ConfigIssue[] } {
  const issues: ConfigIssue[] = [];
  const steps = (shape.transform ?? []).map((step, position): EmbeddedStep => {
    try {
      return embed(step, read);
    } catch (error) {
      if (!(error instanceof SedfileUnreadable)) throw error;
      const path = ['destinations', index, 'transform', position, 'sedfile'];
      issues.push({ path, message: `${placeOf(path)} ${error.message}` });
      return EMPTY;
    }
  });
  return { steps, issues };
}

function embed(step: TransformStepShape, read: ReadSedfile): EmbeddedStep {
  if (!('sedfile' in step)) return step;
  const { sedfile, ...rest } = step;
  const text = read(sedfile);
  if (text === '') throw new SedfileUnreadable('is empty; a sedfile holds at least one command or comment');
  if (text.length > MAX_SCRIPT_CHARACTERS)
    throw new SedfileUnreadable(`is longer than ${MAX_SCRIPT_CHARACTERS} characters`);
  return { sed: text, name: sedfile, ...rest };
}
