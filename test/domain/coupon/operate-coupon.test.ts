import {
  changeQuantityTo,
  create,
  created,
  given,
  issuedTo,
  minute,
  noon,
  pause,
  paused,
  quantityChangedTo,
  resume,
  resumed,
} from './language.js';

describe('creating a coupon', () => {
  it('records its terms', () => {
    given()
      .when(create({ quantity: 7 }))
      .then(created({ quantity: 7 }));
  });

  it('happens once', () => {
    given(created()).when(create()).thenRejected('COUPON_EXISTS');
  });

  it('needs a window that opens before it closes', () => {
    given()
      .when(create({ opensAt: noon, closesAt: noon }))
      .thenRejected('INVALID_WINDOW');
    given()
      .when(create({ opensAt: noon, closesAt: noon + minute }))
      .then(created({ opensAt: noon, closesAt: noon + minute }));
  });
});

describe('operating a coupon', () => {
  it('records who paused and resumed it, each time', () => {
    given(created()).when(pause()).then(paused());
    given(created(), paused()).when(pause('pause-2')).then(paused('pause-2'));
    given(created(), paused()).when(resume()).then(resumed());
  });

  it('changes nothing when an operator repeats a request', () => {
    given(created(), paused(), resumed()).when(pause()).thenNothing();
    given(created(), resumed()).when(resume()).thenNothing();
    given(created(), quantityChangedTo(5), quantityChangedTo(9, 'quantity-2')).when(changeQuantityTo(5)).thenNothing();
  });

  it('takes back no issued coupon when the quantity changes', () => {
    const twoIssued = [created(), issuedTo('ana'), issuedTo('ben', { place: 2 })];
    given(...twoIssued)
      .when(changeQuantityTo(1))
      .thenRejected('QUANTITY_BELOW_ISSUED');
    given(...twoIssued)
      .when(changeQuantityTo(2))
      .then(quantityChangedTo(2));
  });
});
