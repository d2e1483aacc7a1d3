import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessName } from '../../../src/infrastructure/config/environment.js';
import { freePort } from '../engines/free-port.js';
import { type Ended, startBuilt } from '../server/child-server.js';

/** One process of a distributed set. */
export interface Member {
  readonly url: string;
  readonly pid: number;
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Resolves when it is no more. */
  readonly kill: (signal: NodeJS.Signals) => Promise<Ended>;
}

const isLive = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/health/live`)).ok;
  } catch {
    return false;
  }
};

const START_WITHIN_MS = 60_000;

/** The built server, running some of its processes; resolves when it answers. */
export const startMember = async (
  processes: ReadonlyArray<ProcessName>,
  variables: Readonly<Record<string, string>>,
): Promise<Member> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child, ended } = await startBuilt({ PROCESSES: processes.join(','), HTTP_PORT: String(port), ...variables });
  let over: Ended | null = null;
  void ended.then((how) => (over = how));
  for (const deadline = Date.now() + START_WITHIN_MS; !(await isLive(url)); await sleep(20))
    if (over !== null || Date.now() > deadline)
      throw new Error(`${processes.join(',')} did not start: ${JSON.stringify(over)}`);
  return {
    url,
    pid: child.pid ?? 0,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};
