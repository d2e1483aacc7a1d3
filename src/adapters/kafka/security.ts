import { type SASLOptions } from 'kafkajs';

/** How brokers are spoken to. Contents of PEM files, not their names. */
export interface KafkaSecurity {
  /** `true`: TLS with the authorities that Node trusts. */
  readonly ssl?: true | { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly sasl?: Extract<SASLOptions, { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512' }>;
}
