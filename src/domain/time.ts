/** A moment: milliseconds since 1970-01-01 UTC. It comes in on the command; the domain has no clock. */
export type Instant = number;
