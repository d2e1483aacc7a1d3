/** What kafkajs does not export: one member of a consumer group. Version 2.2.4 is its last. */
declare module 'kafkajs/src/consumer/consumerGroup.js' {
  export default class ConsumerGroup {
    readonly cluster: { refreshMetadata(): Promise<void> };
    /** Called by each fetch that fails, while fetches from other brokers may be under way. Rejecting stops all of them. */
    recoverFromFetch: (this: ConsumerGroup, error: Error & { readonly type?: string }) => Promise<void>;
  }
}
