const byId = (id) => document.getElementById(id);
export const element = byId;

export const number = (value) => value.toLocaleString('en-US');
export const money = (value) => `₩${number(value)}`;

export const text = (id, value) => {
  const element = byId(id);
  if (element.textContent !== String(value)) element.textContent = String(value);
};

/** A share of 1 on a bar. */
export const bar = (id, share) => {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  byId(id).firstElementChild.style.transform = `translateX(${percent === 0 ? -102 : percent - 100}%)`;
  byId(id).setAttribute('aria-valuenow', String(Math.round(percent)));
};

/** How far a person is with something, and in a sentence what came of it. */
export const step = (id, gist, { state, words = '', outcome = '' }) => {
  byId(id).dataset.state = state;
  byId(gist).dataset.outcome = outcome;
  text(gist, words);
};
export const enable = (id, on) => (byId(id).disabled = !on);
export const reveal = (id, on) => (byId(id).hidden = !on);
/** What is chosen among the pills of a form. */
export const chosen = (form, name) => byId(form).elements[name].value;

const KEPT = 60;

/** The newest on top. */
export const addLine = (id, strong, soft, outcome = '', mine = false) => {
  const list = byId(id);
  list.querySelector('.empty')?.remove();
  const line = document.createElement('li');
  if (mine) line.className = 'you';
  const [left, right] = [document.createElement('b'), document.createElement('span')];
  left.textContent = strong;
  right.textContent = soft;
  right.className = outcome;
  line.append(left, right);
  list.prepend(line);
  while (list.children.length > KEPT) list.lastElementChild.remove();
};

export const clearLines = (id, words) => {
  const line = document.createElement('li');
  line.className = 'empty';
  line.textContent = words;
  byId(id).replaceChildren(line);
};

let hiding = 0;

/** Says what went wrong, for a while. */
export const problem = (words) => {
  const box = byId('problem');
  box.textContent = words;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (box.hidden = true), 6_000);
};

/** Seconds as minutes and seconds. */
export const clock = (seconds) => {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
};

export const outcomes = {
  SUCCESS: ['won', 'got one'],
  ALREADY_ISSUED: ['lost', 'has one already'],
  OUT_OF_STOCK: ['lost', 'too late'],
  FAILED: ['lost', 'not given'],
  SOLD_OUT: ['lost', 'sold out'],
  ALREADY_REQUESTED: ['lost', 'asked before'],
  NOT_OPEN: ['lost', 'too early'],
  CLOSED: ['lost', 'closed'],
  PAUSED: ['lost', 'paused'],
  BOUGHT: ['won', 'bought a ticket'],
  BEING_PAID: ['', 'waits for the gateway'],
  WALKS_AWAY: ['', 'ordered, and walked away'],
  INSUFFICIENT_STOCK: ['lost', 'no tickets left'],
  PAYMENT_DECLINED: ['lost', 'payment declined'],
};
