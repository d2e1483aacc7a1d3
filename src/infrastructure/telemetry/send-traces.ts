import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { resourceOf } from './resource-of.js';

/** Spans are sent to the URL from now on, OTLP over HTTP. Import this only where they are: it loads the SDK. */
export const sendTraces = (url: string, processes: ReadonlyArray<string>) => {
  const provider = new NodeTracerProvider({
    resource: resourceOf(processes),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  trace.setGlobalTracerProvider(provider);
  return {
    /** Sends what is still held back. */
    stop: async () => {
      trace.disable();
      await provider.shutdown().catch(() => undefined);
    },
  };
};
