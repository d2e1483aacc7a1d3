import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { type Page } from 'playwright-core';
import { describeWithBrowser } from '../support/engines/describe-with-browser.js';

/** A page of React in development, which begins every effect twice, with a button that hides what is in it and shows it again. */
const pageOf = (component: string): string => {
  const contents = `
    import { Activity, StrictMode, useEffect, useState } from 'react';
    import { createRoot } from 'react-dom/client';
    import { useCall, useNotices, useWaitingRoom } from '@doorbuster/react';
    ${component}
    const Page = () => {
      const [isHidden, setHidden] = useState(false);
      return (
        <>
          <button onClick={() => setHidden(!isHidden)}>{isHidden ? 'Show' : 'Hide'}</button>
          <Activity mode={isHidden ? 'hidden' : 'visible'}><Component /></Activity>
        </>
      );
    };
    createRoot(document.getElementById('root')).render(<StrictMode><Page /></StrictMode>);`;
  const { outputFiles } = buildSync({
    ...{ stdin: { contents, loader: 'jsx', resolveDir: resolve('test/react') }, bundle: true, write: false },
    ...{ format: 'esm', target: 'es2022', jsx: 'automatic', define: { 'process.env.NODE_ENV': '"development"' } },
    alias: { '@doorbuster/react': resolve('packages/react/src/index.ts') },
  });
  return outputFiles[0]?.text ?? '';
};

await describeWithBrowser((browser) => {
  let page: Page;
  beforeEach(async () => {
    page = await browser().newPage();
    await page.setContent('<div id="root"></div>');
  });
  afterEach(() => page.close());
  const open = (component: string) => page.addScriptTag({ type: 'module', content: pageOf(component) });
  const says = (text: string) => page.getByText(text, { exact: true }).waitFor();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

  it('a call made as soon as the component is there is made once, and its answer is shown', async () => {
    await open(`
      let calls = 0;
      const Component = () => {
        const { run, status, value } = useCall(async () => ({ ok: true, value: (calls += 1) }));
        useEffect(() => run(), [run]);
        return <p>{status} {value}</p>;
      };`);
    await says('DONE 1');
  });

  it('an order that is carried through while its component is hidden is shown when it is seen again', async () => {
    await open(`
      const Component = () => {
        const { run, status } = useCall(() => new Promise((resolve) => (globalThis.answer = resolve)));
        return <><button onClick={run}>Order</button><p>{status}</p></>;
      };`);
    await press('Order');
    await says('RUNNING');
    await press('Hide');
    await page.evaluate(`answer({ ok: true, value: 'o-1' })`);
    await press('Show');
    await says('DONE');
  });

  it('what ended because its component was hidden may begin again', async () => {
    await open(`
      const forEver = (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      const client = { waitingRoom: {
        join: async () => ({ ok: true, value: { tokenId: 't-1', admitted: ({ signal, onPlace }) => {
          onPlace({ position: 1 });
          return forEver(signal);
        } } }),
      } };
      const Component = () => {
        const call = useCall(forEver);
        const room = useWaitingRoom(client, { scheduleId: 'gala' });
        const start = () => { call.run(); room.enter(); };
        return <><button onClick={start}>Start</button><p>{call.status} {room.status}</p></>;
      };`);
    await press('Start');
    await says('RUNNING WAITING');
    await press('Hide');
    await press('Show');
    await says('IDLE OUT');
    await press('Start');
    await says('RUNNING WAITING');
  });

  it('a notice that the page fails at does not end those after it', async () => {
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await open(`
      const client = { notices: { listen: async function* () {
        yield { kind: 'connected', id: '1', data: {} };
        yield { kind: 'order-completed', id: '2', data: {} };
      } } };
      const Component = () => {
        const [last, setLast] = useState('nothing');
        const onNotice = ({ kind }) => {
          if (kind === 'connected') throw new Error('not prepared for it');
          setLast(kind);
        };
        useNotices(client, { userId: 'ana', onNotice });
        return <p>{last}</p>;
      };`);
    await says('order-completed');
    expect(faults).toContain('not prepared for it');
  });

  it('who listens for another user is not connected yet, and a connection is made with the ticket of by then', async () => {
    await open(`
      const client = { notices: { listen: async function* ({ userId, ticket }) {
        if (userId === 'ana') yield { kind: 'connected', id: '1', data: {} };
        await new Promise((resolve) => (globalThis.connectAgain = resolve));
        yield { kind: await ticket(), id: '2', data: {} };
      } } };
      const Component = () => {
        const [[userId, pass], setUser] = useState(['ana', 'old']);
        const [last, setLast] = useState('nothing');
        const state = useNotices(client, { userId, ticket: async () => pass, onNotice: ({ kind }) => setLast(kind) });
        return (
          <>
            <button onClick={() => setUser(['ben', 'old'])}>Ben</button>
            <button onClick={() => setUser(['ben', 'new'])}>Renew</button>
            <p>{state} {last}</p>
          </>
        );
      };`);
    await says('CONNECTED connected');
    await press('Ben');
    await says('CONNECTING connected');
    await press('Renew');
    await page.evaluate('connectAgain()');
    await says('CONNECTING new');
  });
});
