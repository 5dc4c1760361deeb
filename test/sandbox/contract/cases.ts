import { deletionCases } from './deletion-cases.js';
import { limitCases } from './limit-cases.js';
import { listCases } from './list-cases.js';
import type { Scene } from './scene.js';
import { stageCases } from './stage-cases.js';
import { versionCases } from './version-cases.js';

/** Calls, and what the documentation says they come to. The stand-in has to agree with every one. */
export interface ContractCase {
  readonly name: string;
  readonly run: (scene: Scene) => Promise<unknown>;
  readonly documented: unknown;
}

export const CASES: readonly ContractCase[] = [
  ...versionCases,
  ...stageCases,
  ...deletionCases,
  ...listCases,
  ...limitCases,
];
