import { setTimeout as sleep } from 'node:timers/promises';

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const gone = async (pid: number): Promise<void> => {
  while (alive(pid)) await sleep(10);
};

/** What one can do to a server of one's own. */
export interface OwnProcess {
  /** SIGSTOP: it is there and does nothing. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** SIGKILL; resolves when it is no more. */
  readonly kill: () => Promise<void>;
}

export const ownProcess = (pid: () => number): OwnProcess => ({
  freeze: () => void process.kill(pid(), 'SIGSTOP'),
  thaw: () => void process.kill(pid(), 'SIGCONT'),
  kill: async () => {
    if (!alive(pid())) return;
    process.kill(pid(), 'SIGKILL');
    await gone(pid());
  },
});
