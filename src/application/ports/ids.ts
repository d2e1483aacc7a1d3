/** Fresh ids, unique everywhere and for ever: UUIDv7, so that they sort by time. */
export interface Ids {
  readonly next: () => string;
}
