import { SpanStatusCode, trace } from '@opentelemetry/api';
import { asReplicatorError } from '../core/failure.js';
import type { Trace } from '../flow/trace.js';

/**
 * Spans through the OpenTelemetry API. Without a provider, which a layer or `--import` registers, they go nowhere. An error
 * is told by its code: its message may hold more than belongs into a trace.
 */
export function openTelemetryTrace(): Trace {
  const tracer = trace.getTracer('secrets-replicator');
  return (name, attributes, run) =>
    tracer.startActiveSpan(name, { attributes }, async (span) => {
      try {
        return await run((more) => span.setAttributes(more));
      } catch (thrown) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: asReplicatorError(thrown).code });
        throw thrown;
      } finally {
        span.end();
      }
    });
}
