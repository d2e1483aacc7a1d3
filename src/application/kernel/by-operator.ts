/** Which operator asks, and why, as it is recorded; and by which request. */
export interface ByOperator {
  readonly actor: string;
  readonly reason: string;
  readonly correlationId: string;
}
