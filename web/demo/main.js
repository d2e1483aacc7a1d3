import { sendCrowd } from './crowd.js';
import { startSale, watchSale } from './sale.js';
import { clearLines, element, enable, problem, text } from './view.js';
import { visitor } from './visitor.js';

const you = visitor();
let sale = null;
let watching = new AbortController();

const whole = (form, name) => Number(new FormData(form).get(name));

/** Shows the sale the address names: so several windows can look at one sale, each as somebody else. */
const show = (id) => {
  watching.abort();
  watching = new AbortController();
  sale = null;
  clearLines('results', 'Nobody has asked yet.');
  void watchSale(id, {
    signal: watching.signal,
    onState: ({ coupon: { status, discount }, event, product }) => {
      sale = { couponId: id, status, discount, scheduleId: event.scheduleId ?? null, product, price: product?.price };
      enable('send-crowd', element('send-crowd').dataset.busy !== 'yes');
      you.onSale(sale);
    },
  });
};

const saleOfAddress = () => new URLSearchParams(location.hash.slice(1)).get('sale');

element('new-sale').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  try {
    const id = await startSale({
      quantity: whole(form, 'quantity'),
      stock: whole(form, 'stock'),
      seconds: whole(form, 'seconds'),
      active: whole(form, 'active'),
    });
    location.hash = `sale=${id}`;
  } catch (error) {
    problem(error.message);
  }
});

element('crowd').addEventListener('submit', async (event) => {
  event.preventDefault();
  if (sale === null) return;
  const button = element('send-crowd');
  button.dataset.busy = 'yes';
  enable('send-crowd', false);
  const people = whole(event.currentTarget, 'people');
  text('crowd-hint', `${people} people are on their way.`);
  await sendCrowd(sale, people, {
    signal: watching.signal,
    onProgress: (done, all) => text('crowd-hint', `${done} of ${all} have been.`),
  }).catch((error) => problem(error.message));
  button.dataset.busy = 'no';
});

element('who').addEventListener('submit', (event) => {
  event.preventDefault();
  you.become(element('user').value);
});
element('enter').addEventListener('click', () => you.enter());
element('ask').addEventListener('click', () => you.ask());
element('cancel').addEventListener('click', () => you.cancel());
element('order-again').addEventListener('click', () => you.orderAgain());
element('order').addEventListener('change', () => you.render());
for (const [id, act] of [
  ['order', you.order],
  ['payment', you.pay],
])
  element(id).addEventListener('submit', (event) => {
    event.preventDefault();
    void act();
  });

window.addEventListener('hashchange', () => {
  const id = saleOfAddress();
  if (id !== null) show(id);
});

element('user').value = `ana-${Math.random().toString(36).slice(2, 5)}`;
you.become(element('user').value);
const id = saleOfAddress();
if (id !== null) show(id);
