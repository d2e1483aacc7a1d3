/** What CloudEvents asks of a message beside its body. */
export interface CloudEvent {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly version: number;
  readonly time: string;
}

export const cloudEventHeaders = [
  'content-type',
  'ce_specversion',
  'ce_id',
  'ce_source',
  'ce_type',
  'ce_time',
  'ce_partitionkey',
] as const;

/**
 * CloudEvents 1.0, Kafka protocol binding, binary mode: https://github.com/cloudevents/spec, with the extension
 * `partitionkey`. One event may be told on two topics, and id and source together name one message: so the topic is in
 * the source. A changed body is a type of its own.
 */
export const asCloudEvent = ({
  id,
  topic,
  key,
  type,
  version,
  time,
}: CloudEvent): Readonly<Record<(typeof cloudEventHeaders)[number], string>> => ({
  'content-type': 'application/json',
  ce_specversion: '1.0',
  ce_id: id,
  ce_source: `/doorbuster/${topic}`,
  ce_type: version === 1 ? `doorbuster.${type}` : `doorbuster.${type}.v${version}`,
  ce_time: time,
  ce_partitionkey: key,
});
