const HIDDEN = '[secret]';
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A secret's value, text or binary, that never prints itself: logs, errors and JSON show `[secret]`. */
export class SecretValue {
  readonly #content: string | Uint8Array;

  constructor(content: string | Uint8Array) {
    this.#content = content;
  }

  get kind(): 'text' | 'binary' {
    return typeof this.#content === 'string' ? 'text' : 'binary';
  }

  /** Length in bytes, for text as UTF-8. */
  get sizeBytes(): number {
    return typeof this.#content === 'string' ? utf8Bytes(this.#content) : this.#content.byteLength;
  }

  /** The only way out. Called by the transform and by the writer; a test counts the callers. */
  reveal(): string | Uint8Array {
    return this.#content;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [INSPECT](): string {
    return HIDDEN;
  }
}

const encoder = new TextEncoder();

function utf8Bytes(text: string): number {
  return encoder.encode(text).byteLength;
}
