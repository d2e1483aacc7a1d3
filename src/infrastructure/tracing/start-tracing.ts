/** Sends what is still held back, and ends. */
export type StopTracing = () => Promise<void>;

/**
 * Spans are sent from now on, OTLP over HTTP. The SDK is loaded only here: who does not trace does not pay for it, at the
 * start or later.
 */
export const startTracing = async (endpoint: string, processes: ReadonlyArray<string>): Promise<StopTracing> => {
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'doorbuster', 'doorbuster.processes': processes.join(',') }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return async () => {
    // A collector that is away must not keep a process from ending well.
    await provider.shutdown().catch(() => undefined);
  };
};
