import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testRun } from './test-run.js';

export interface TestCertificates {
  /** PEM file of the authority. */
  readonly caFile: string;
  /** PEM files of a server at 127.0.0.1. */
  readonly certFile: string;
  readonly keyFile: string;
  /** Key and certificate in one file, as Kafka wants them. */
  readonly bothFile: string;
}

/** An authority of one's own, and what it signed for a server of this machine; made by `openssl`. */
export const testCertificates = (): TestCertificates => {
  const dir = mkdtempSync(join(testRun().dir, 'certificates-'));
  const at = (name: string): string => join(dir, name);
  const openssl = (...args: ReadonlyArray<string>): void =>
    void execFileSync('openssl', [...args], { cwd: dir, stdio: 'pipe', timeout: 20_000 });
  const newKey = ['req', '-newkey', 'rsa:2048', '-nodes'];
  openssl(...newKey, '-x509', '-days', '2', '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=ca');
  openssl(...newKey, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=127.0.0.1');
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'server.csr', ...signing, '-out', 'server.pem');
  writeFileSync(at('both.pem'), readFileSync(at('server.key'), 'utf8') + readFileSync(at('server.pem'), 'utf8'));
  return { caFile: at('ca.pem'), certFile: at('server.pem'), keyFile: at('server.key'), bothFile: at('both.pem') };
};
