/** Names, ids, counts and codes; never a value. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

/** `event`: an invocation; `plan`: the look at a replica and what is to be done; `transform`; `write`: one replica. */
export type SpanName = 'event' | 'plan' | 'transform' | 'write';

/** Runs something as a span, whose parent is the span that is under way. Settles as it does; `tell` adds to the attributes. */
export type Trace = <T>(
  name: SpanName,
  attributes: SpanAttributes,
  run: (tell: (more: SpanAttributes) => void) => T | Promise<T>,
) => Promise<T>;

export const noTrace: Trace = async (_name, _attributes, run) => run(untold);

const untold = () => undefined;
