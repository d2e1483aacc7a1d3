import { hostname } from 'node:os';
import { pid } from 'node:process';
import { detectResources, envDetector, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { version } from '../version.js';

/**
 * What this process is called in traces and metrics: no two of a shop may be called the same, or one's counters would
 * overwrite the other's. OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say otherwise.
 */
export const resourceOf = (processes: ReadonlyArray<string>): Resource =>
  resourceFromAttributes({
    'service.name': 'doorbuster',
    'service.version': version,
    'service.instance.id': `${hostname()}:${pid}`,
    'doorbuster.processes': processes.join(','),
  }).merge(detectResources({ detectors: [envDetector] }));
