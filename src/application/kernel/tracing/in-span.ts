import {
  type Attributes,
  isSpanContextValid,
  type Link,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

const SHAPE = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const NOTHING = /^0+$/;

/** A W3C trace context, as it is in a header; undefined for anything else. */
export const readTraceparent = (header: string | undefined): SpanContext | undefined => {
  const [, traceId = '', spanId = '', flags = ''] = SHAPE.exec(header ?? '') ?? [];
  if (traceId === '' || NOTHING.test(traceId) || NOTHING.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
};

export const writeTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

export interface SpanEnd {
  readonly attributes: Attributes;
  readonly isFailure: boolean;
}

export interface SpanOptions<A = unknown> {
  readonly kind: 'server' | 'producer' | 'consumer';
  /** The trace context this is a part of; a trace of its own begins where there is none. */
  readonly parent?: string;
  /** Trace contexts this works on, where it is no part of one of them: a batch. */
  readonly links?: ReadonlyArray<string | undefined>;
  readonly attributes?: Attributes;
  readonly ended?: (result: A) => SpanEnd;
}

const kinds = { server: SpanKind.SERVER, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER };

const linkTo = (traceparent: string | undefined): ReadonlyArray<Link> => {
  const context = readTraceparent(traceparent);
  return context === undefined ? [] : [{ context }];
};

/**
 * Runs the work in a span, and tells it the trace context to pass on. Where nobody listens to traces it costs next to
 * nothing, and passes on what came in; a trace that is not sampled is not sampled further on either.
 */
export const inSpan = async <A>(
  name: string,
  { kind, parent, links = [], attributes = {}, ended }: SpanOptions<A>,
  work: (traceparent: string | undefined) => Promise<A>,
): Promise<A> => {
  const above = readTraceparent(parent);
  const context = above === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, above);
  const options = { kind: kinds[kind], attributes, links: links.flatMap(linkTo) };
  const span = trace.getTracer('doorbuster').startSpan(name, options, context);
  const own = span.spanContext();
  if (!span.isRecording()) return work(isSpanContextValid(own) ? writeTraceparent(own) : undefined);
  try {
    const result = await work(writeTraceparent(own));
    const end = ended?.(result);
    if (end !== undefined) span.setAttributes(end.attributes);
    if (end?.isFailure === true) span.setStatus({ code: SpanStatusCode.ERROR });
    return result;
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    span.end();
  }
};
