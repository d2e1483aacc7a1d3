import { startChild, stopChildren } from '../../bench/harness/child.js';

const PROGRAM = 'test/bench/programs/obedient.ts';

describe('a process of the bench', () => {
  afterEach(stopChildren);

  it('gets a job that was sent before it had loaded', async () => {
    await expect(startChild(PROGRAM).ask({ please: 'answer' })).resolves.toBe('answer');
  });

  it('hands back what its job threw, and goes on', async () => {
    const child = startChild(PROGRAM);
    await expect(child.ask({ please: 'throw' })).rejects.toThrow('as asked');
    await expect(child.ask({ please: 'answer' })).resolves.toBe('answer');
  });

  it('is killed when it does not answer in time, and the last that it wrote is told', async () => {
    const child = startChild(PROGRAM);
    await child.ask({ please: 'answer' });
    await expect(child.ask({ please: 'keep still' }, 200)).rejects.toThrow(
      /did not answer within 0.2 s\n(.|\n)*asked to keep still/,
    );
    await expect(child.died).rejects.toThrow('ended with SIGKILL');
  });

  it('fails its job when it ends, and the last that it wrote is told', async () => {
    const child = startChild(PROGRAM);
    await expect(child.ask({ please: 'end' })).rejects.toThrow(/ended with 3\n(.|\n)*asked to end/);
    await expect(child.ask({ please: 'answer' })).rejects.toThrow('ended with 3');
  });

  it('fails its job when its program cannot be loaded', async () => {
    await expect(startChild('test/bench/programs/none.ts').ask({})).rejects.toThrow(/ended with 1\n(.|\n)*none\.ts/);
  });

  it('tells what it has used even if it answers nothing else', async () => {
    const child = startChild(PROGRAM);
    expect((await child.usage()).cpuUs).toBeGreaterThan(0);
  });
});
