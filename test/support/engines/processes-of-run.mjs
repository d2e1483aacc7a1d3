import { readdirSync, readFileSync } from 'node:fs';

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** The processes that carry this run's mark in their environment, other than the run itself; none where there is no /proc. */
export const processesOfRun = (dir) => {
  let pids;
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return pids
    .map(Number)
    .filter((pid) => pid !== process.pid && read(`/proc/${pid}/environ`).split('\0').includes(`TEST_RUN_DIR=${dir}`))
    .map((pid) => ({ pid, command: read(`/proc/${pid}/cmdline`).split('\0').join(' ').trim() }))
    .filter(({ command }) => command !== '');
};
