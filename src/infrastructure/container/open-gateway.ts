import { join } from 'node:path';
import { type GuardedGateway, withBreaker } from '../../adapters/breaker/guarded-gateway.js';
import { makeDirectory } from '../../adapters/embedded/environment/make-directory.js';
import { naverPay } from '../../adapters/naver-pay/naver-pay.js';
import { fileLedger } from '../../adapters/sandbox-pay/file-ledger.js';
import { type Ledger, memoryLedger } from '../../adapters/sandbox-pay/ledger.js';
import { sandboxPay } from '../../adapters/sandbox-pay/sandbox-pay.js';
import { type PaymentGateway } from '../../application/ports/payment-gateway.js';
import { type Clock } from '../../application/ports/clock.js';
import { type Metrics } from '../../application/ports/metrics.js';
import { type Config } from '../config/load-config.js';
import { measuredBreaker } from '../metrics/measured.js';

/** The sandbox remembers what it charged, as a real gateway would; in memory alone only where nothing may be written. */
const ledgerIn = (directory: string): Ledger => {
  try {
    makeDirectory(directory);
  } catch {
    return memoryLedger();
  }
  return fileLedger(join(directory, 'sandbox-ledger.jsonl'));
};
const gatewayOf = (config: Config, clock: Clock): PaymentGateway => {
  if (config.NAVER_PAY_URL === undefined) {
    const rates = { decline: config.SANDBOX_DECLINE_RATE, timeOut: config.SANDBOX_TIMEOUT_RATE };
    return sandboxPay({ clock, ledger: ledgerIn(config.DATA_DIR), rates });
  }
  return naverPay({
    url: config.NAVER_PAY_URL,
    clientId: config.NAVER_PAY_CLIENT_ID,
    clientSecret: config.NAVER_PAY_CLIENT_SECRET,
    ...(config.NAVER_PAY_CHAIN_ID !== undefined && { chainId: config.NAVER_PAY_CHAIN_ID }),
    timeoutMs: config.GATEWAY_TIMEOUT_MS,
  });
};
/** The payment gateway the environment names, behind its breaker. */
export const openGateway = (config: Config, clock: Clock, metrics: Metrics): GuardedGateway =>
  withBreaker(gatewayOf(config, clock), measuredBreaker(metrics, 'payment_gateway_breaker'));
