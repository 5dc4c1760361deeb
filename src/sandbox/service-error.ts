/** What a service answers instead of a result: a code for programs, a sentence for people, an HTTP status. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  constructor(
    readonly code: string,
    message: string,
    readonly status: 400 | 403 | 404 | 409 | 413 | 500 | 501 = 400,
  ) {
    super(message);
  }
}

/** The connection ends without an answer: over HTTP the socket is cut, in process the SDK sees a Node network error. */
export class ConnectionLost extends Error {
  override readonly name: string;
  constructor(readonly code: 'ECONNRESET' | 'ECONNREFUSED') {
    super(code === 'ECONNRESET' ? 'socket hang up' : 'connect ECONNREFUSED');
    // The SDK's own Node handler renames a reset to TimeoutError and leaves a refused connection as it is.
    this.name = code === 'ECONNRESET' ? 'TimeoutError' : 'Error';
  }
}
