import { PROTECTED, tokensOfUsers } from '../../../src/infrastructure/cli/rehearsal-of-bots.js';
import { rehearseBots } from '../../../src/rehearsal/bots/rehearse-bots.js';
import { botsReport } from '../../../src/rehearsal/bots/report-bots.js';
import { startInProcess } from '../../support/server/in-process-server.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

test('a small attack: everything is sold once, and no solution counts twice', async () => {
  const directory = newDir();
  const { RATE_LIMIT_ADDRESS: _, ...variables } = PROTECTED;
  const server = await startInProcess(directory, variables);
  const rehearsal = await rehearseBots({
    url: server.url,
    token: PROTECTED.ADMIN_TOKEN,
    tokenOf: tokensOfUsers(directory),
    people: 40,
    quantity: 20,
    addresses: 10,
    tries: 200,
    work: 256,
    solvedInMs: 200,
    floodForMs: 400,
    sockets: 16,
    rounds: 1,
  });
  await server.stop();

  const [open, alone, attacked] = rehearsal.sales;
  expect(rehearsal.sales.map(({ verify, issued }) => [verify.verdict, issued])).toEqual(
    Array.from({ length: 3 }, () => ['PASS', 20]),
  );
  expect(open?.people.tries).toBe(40);
  expect(alone?.people.answers.get('403 CHALLENGE_REQUIRED')).toBe(40);
  expect(attacked?.bots.tries).toBe(200);
  expect(attacked?.bots.replays).toBeGreaterThan(0);
  expect(attacked?.bots.replaysAccepted).toBe(0);
  const answers = rehearsal.sales.flatMap(({ people, bots }) => [...people.answers.keys(), ...bots.answers.keys()]);
  expect(answers).toContain('409 SOLD_OUT');
  expect(answers.filter((answer) => answer.includes('UNKNOWN'))).toEqual([]);
  expect(botsReport(rehearsal)).toContain('used solutions were sent again');
});
