/** A mistake of whoever uses the constructs: its sentence is all that they need, and no stack trace. */
export class WrongProps extends Error {
  override readonly name = 'WrongProps';
}

/** Throws with the property, what was given, what is allowed and what to write instead. */
export function refuse(name: string, given: string, allowed: string, remedy: string): never {
  throw new WrongProps(`SecretsReplicator: ${name} is ${given}; it takes ${allowed}; ${remedy}`);
}
