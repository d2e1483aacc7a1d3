import { newFigures, quantile, type Sample } from '../../../../src/application/operating/board/figures.js';

const sample = (at: number, counted: number, measurements: Sample['measurements'] = []): Sample => ({
  at,
  measurements,
  log: { accepted: counted, decided: counted / 2 },
  issued: counted / 4,
});

const answered = (answer: string, value: number) => ({ name: 'coupon_requests_total', labels: { answer }, value });
const took = (le: string, value: number) => ({ name: 'coupon_accept_seconds', labels: { le }, value });

describe('the figures of a sale', () => {
  test('have no rates before they were looked at twice', () => {
    expect(newFigures()(sample(0, 100)).rates).toStrictEqual({});
  });

  test('tell rates a second from what was counted two seconds ago', () => {
    const figures = newFigures();
    figures(sample(0, 0));
    figures(sample(1_000, 900));
    expect(figures(sample(2_000, 4_000)).rates).toStrictEqual({ accepted: 2_000, decided: 1_000, visible: 500 });
    expect(figures(sample(3_000, 4_900)).rates.accepted).toBe(2_000);
  });

  test('leave a rate out while the log does not answer, and never tell one below nought', () => {
    const figures = newFigures();
    figures(sample(0, 1_000));
    expect(figures({ ...sample(2_000, 0), log: null }).rates).toStrictEqual({ visible: 0 });
  });

  test('count answers of the last minute alone', () => {
    const figures = newFigures();
    for (let at = 0; at <= 120_000; at += 5_000) figures(sample(at, 0, [answered('SOLD_OUT', at / 1_000)]));
    const { answers } = figures(sample(121_000, 0, [answered('SOLD_OUT', 121), answered('ACCEPTED', 0)]));
    expect(answers).toStrictEqual({ SOLD_OUT: 56 });
  });

  test('begin anew when nobody looked for a while', () => {
    const figures = newFigures();
    figures(sample(0, 0, [answered('ACCEPTED', 5)]));
    const later = figures(sample(60_000, 60_000, [answered('ACCEPTED', 500)]));
    expect(later).toMatchObject({ rates: {}, answers: {} });
  });

  test('tell percentiles of what came in the window, in milliseconds', () => {
    const figures = newFigures();
    figures(sample(0, 0, [took('0.001', 50), took('0.01', 50), took('+Inf', 50)]));
    const now = sample(500, 0, [took('0.001', 100), took('0.01', 150), took('+Inf', 150)]);
    expect(figures(now).latency).toStrictEqual({ accept: { p50: 1, p95: 9.1, p99: 9.82 } });
    expect(newFigures()(now).latency).toStrictEqual({});
  });

  test('tell the last bound for what took longer than every bucket', () => {
    expect(quantile([[0.5, 0], [1, 1], [Infinity, 10]], 0.99)).toBe(1_000); // prettier-ignore
    expect(quantile([], 0.5)).toBe(0);
  });
});
