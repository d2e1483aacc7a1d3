/** How the sandbox treats a charge. */
export interface Behaviour {
  readonly declines: boolean;
  /** Charges, and then says nothing in time. */
  readonly timesOut: boolean;
  /** Says nothing, and has not charged either. */
  readonly getsLost: boolean;
  readonly delayMs: number;
}

export interface Rates {
  /** Shares of all charges, 0 to 1, of those whose number does not say otherwise. */
  readonly decline: number;
  readonly timeOut: number;
}

const DELAY = /^delay-(\d{1,5})/;

/** A number between 0 and 1 that is always the same for a text (FNV-1a), so that a repetition fares as the first time. */
const shareOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash / 2 ** 32;
};

/** By the beginning of the gateway's payment number: `decline-`, `timeout-`, `lost-`, `delay-500-`; else by the rates. */
export const behaviourOf = (gatewayPaymentId: string, { decline, timeOut }: Rates): Behaviour => {
  const well = { declines: false, timesOut: false, getsLost: false, delayMs: 0 };
  if (gatewayPaymentId.startsWith('ok-')) return well;
  if (gatewayPaymentId.startsWith('decline-')) return { ...well, declines: true };
  if (gatewayPaymentId.startsWith('timeout-')) return { ...well, timesOut: true };
  if (gatewayPaymentId.startsWith('lost-')) return { ...well, getsLost: true };
  const delay = DELAY.exec(gatewayPaymentId)?.[1];
  if (delay !== undefined) return { ...well, delayMs: Number(delay) };
  const share = shareOf(gatewayPaymentId);
  return { ...well, declines: share < decline, timesOut: share >= decline && share < decline + timeOut };
};
