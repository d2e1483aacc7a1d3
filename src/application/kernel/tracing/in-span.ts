import { type Attributes, type Link, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { readTraceparent, writeTraceparent } from './traceparent.js';

export interface SpanOptions {
  readonly kind: 'server' | 'producer' | 'consumer';
  /** The trace context this is a part of; a trace of its own begins where there is none. */
  readonly parent?: string;
  /** Trace contexts this works on, where it is no part of one of them: a batch. */
  readonly links?: ReadonlyArray<string | undefined>;
  readonly attributes?: Attributes;
}

const kinds = { server: SpanKind.SERVER, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER };

const linkTo = (traceparent: string | undefined): ReadonlyArray<Link> => {
  const context = readTraceparent(traceparent);
  return context === undefined ? [] : [{ context }];
};

/**
 * Runs the work in a span, and tells it the trace context to pass on. Where nobody listens to traces it costs next to
 * nothing, and passes on what came in.
 */
export const inSpan = async <A>(
  name: string,
  { kind, parent, links = [], attributes = {} }: SpanOptions,
  work: (traceparent: string | undefined) => Promise<A>,
): Promise<A> => {
  const above = readTraceparent(parent);
  const context = above === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, above);
  const options = { kind: kinds[kind], attributes, links: links.flatMap(linkTo) };
  const span = trace.getTracer('doorbuster').startSpan(name, options, context);
  if (!span.isRecording()) {
    return work(above === undefined ? undefined : parent);
  }
  try {
    return await work(writeTraceparent(span.spanContext()));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    span.end();
  }
};
