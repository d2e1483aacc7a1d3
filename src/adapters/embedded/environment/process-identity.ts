import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const linuxIdentity = (pid: number): string | null => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in parentheses, may hold anything: fields are counted behind it. The 22nd of all is the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : `${boot} ${fields[19]}`;
  } catch {
    return null;
  }
};

const portableIdentity = (pid: number): string | null => {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
};

/**
 * What tells a process from every other one that had or will have its pid, also across reboots: when it was started,
 * and in which boot. Null when no such process lives.
 */
export const processIdentity = process.platform === 'linux' ? linuxIdentity : portableIdentity;
