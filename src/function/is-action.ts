/** Something to do, and no event; whether it is understood is for its schema to say. */
export function isAction(request: unknown): request is { readonly action: unknown } {
  return typeof request === 'object' && request !== null && 'action' in request;
}
