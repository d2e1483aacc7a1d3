import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Tls } from './behaviour.js';

export interface Authority {
  readonly caFile: string;
  readonly tls: Tls;
}

/** A certificate authority of one's own in a directory, and a certificate of it for this machine. */
export const ownAuthority = (directory: string): Authority => {
  const at = (name: string): string => join(directory, name);
  const openssl = (...args: ReadonlyArray<string>): void =>
    void execFileSync('openssl', [...args], { stdio: 'ignore', timeout: 20_000 });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.crt'), '-days', '2', '-subj', '/CN=Own CA');
  openssl('req', ...key, '-keyout', at('node.key'), '-out', at('node.csr'), '-subj', '/CN=eventstoredb-node');
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const signed = [
    '-CA',
    at('ca.crt'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    at('names'),
  ];
  openssl('x509', '-req', '-in', at('node.csr'), '-out', at('node.crt'), ...signed);
  return {
    caFile: at('ca.crt'),
    tls: { key: readFileSync(at('node.key')), certificate: readFileSync(at('node.crt')) },
  };
};
