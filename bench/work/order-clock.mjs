// Sets the clock of a process forward when its parent says so: what is due in an hour is then due at once. Loaded before
// the program: node --import ./bench/work/order-clock.mjs
const now = Date.now.bind(Date);
let ahead = 0;
Date.now = () => now() + ahead;
if (process.send !== undefined) {
  process.on('message', ({ id, ask }) => {
    if (ask?.kind !== 'set-forward') return;
    ahead += ask.ms;
    process.send({ id, answer: {} });
  });
  process.send({ ready: true });
  process.channel.unref();
}
