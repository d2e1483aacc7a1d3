import { type OpenMetricsContentType, Registry } from 'prom-client';

/** The first two lines describe the family. OpenMetrics calls it otherwise than its samples if it counts. */
const describedAs = (text: string, name: string, described: { readonly name: string; readonly kind: string }): string =>
  text
    .replace(/^# HELP .*/, (help) => help.replace(name, described.name).replaceAll('"', '\\"'))
    .replace(/^# TYPE .*/m, `# TYPE ${described.name} ${described.kind}`)
    // A whole number is written as the fraction it is.
    .replace(/(?<=[{,]le=")\d+(?=")/g, '$&.0');

/**
 * The metrics of a registry as OpenMetrics, with exemplars, and with the very names that the other format has. prom-client
 * renames counters of a registry for good when it writes this format, and lets every sample of theirs end in `_total`: what
 * counts and is called otherwise is of an unknown type here.
 */
export const openMetrics = (registry: Registry) => {
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const textOf = async (name: string, kind: string): Promise<string> => {
    if (kind !== 'counter') return describedAs(await open.getSingleMetricAsString(name), name, { name, kind });
    const family = name.replace(/_total$/, '');
    const described = family === name ? { name, kind: 'unknown' } : { name: family, kind };
    return describedAs(await registry.getSingleMetricAsString(name), name, described);
  };
  for (const { name } of registry.getMetricsAsArray()) {
    const metric = registry.getSingleMetric(name);
    if (metric !== undefined) open.registerMetric(metric);
  }
  return async (): Promise<{ readonly contentType: string; readonly body: string }> => {
    const texts = await Promise.all(open.getMetricsAsArray().map(({ name, type }) => textOf(name, String(type))));
    return { contentType: open.contentType, body: `${texts.join('\n')}\n# EOF\n` };
  };
};
