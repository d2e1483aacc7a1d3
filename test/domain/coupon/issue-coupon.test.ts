import {
  changeQuantityTo,
  created,
  given,
  issue,
  issuedTo,
  minute,
  noon,
  pause,
  paused,
  quantityChangedTo,
  resumed,
} from './language.js';

describe('issuing a coupon', () => {
  it('gives the first who asks the first place', () => {
    given(created())
      .when(issue({ to: 'ana' }))
      .then(issuedTo('ana', { place: 1 }));
  });

  it('gives the next the place after', () => {
    given(created(), issuedTo('ana'))
      .when(issue({ to: 'ben' }))
      .then(issuedTo('ben', { place: 2 }));
  });

  it('gives out no more than there are', () => {
    given(created({ quantity: 1 }), issuedTo('ana'))
      .when(issue({ to: 'ben' }))
      .thenRejected('OUT_OF_STOCK');
  });

  it('gives one to each user', () => {
    given(created(), issuedTo('ana'))
      .when(issue({ to: 'ana', request: 'another' }))
      .thenRejected('ALREADY_ISSUED');
  });

  it('tells a holder so even when nothing is left', () => {
    given(created({ quantity: 1 }), issuedTo('ana'))
      .when(issue({ to: 'ana', request: 'another' }))
      .thenRejected('ALREADY_ISSUED');
  });

  it('changes nothing when a granted request is repeated', () => {
    given(created(), issuedTo('ana'))
      .when(issue({ to: 'ana' }))
      .thenNothing();
  });

  it('keeps a granted request granted when it is repeated after closing', () => {
    given(created({ closesAt: noon + minute }), issuedTo('ana'), paused())
      .when(issue({ to: 'ana', at: noon + 2 * minute }))
      .thenNothing();
  });

  it('does not take the requestId of one user for that of another', () => {
    given(created(), issuedTo('ana', { request: 'r' }))
      .when(issue({ to: 'ben', request: 'r' }))
      .then(issuedTo('ben', { request: 'r', place: 2 }));
  });

  it('is open from the opening moment on', () => {
    const coupon = created({ opensAt: noon });
    given(coupon)
      .when(issue({ to: 'ana', at: noon - 1 }))
      .thenRejected('NOT_OPEN');
    given(coupon)
      .when(issue({ to: 'ana', at: noon }))
      .then(issuedTo('ana'));
  });

  it('is closed once it can no longer be used, however long giving out lasts', () => {
    for (const closesAt of [null, noon + minute]) {
      const coupon = created({ closesAt, usableUntil: noon });
      given(coupon)
        .when(issue({ to: 'ana', at: noon - 1 }))
        .then(issuedTo('ana', { at: noon - 1 }));
      given(coupon)
        .when(issue({ to: 'ana' }))
        .thenRejected('CLOSED');
    }
  });

  it('is closed from the closing moment on', () => {
    const coupon = created({ closesAt: noon });
    given(coupon)
      .when(issue({ to: 'ana', at: noon - 1 }))
      .then(issuedTo('ana', { at: noon - 1 }));
    given(coupon)
      .when(issue({ to: 'ana', at: noon }))
      .thenRejected('CLOSED');
  });

  it('rests while paused, and goes on when resumed', () => {
    given(created(), paused())
      .when(issue({ to: 'ana' }))
      .thenRejected('PAUSED');
    given(created(), paused(), resumed())
      .when(issue({ to: 'ana' }))
      .then(issuedTo('ana'));
  });

  it('goes on when a sold-out coupon is enlarged', () => {
    given(created({ quantity: 1 }), issuedTo('ana'), quantityChangedTo(2))
      .when(issue({ to: 'ben' }))
      .then(issuedTo('ben', { place: 2 }));
  });

  it('needs a coupon', () => {
    given()
      .when(issue({ to: 'ana' }))
      .thenRejected('COUPON_NOT_FOUND');
    given().when(pause()).thenRejected('COUPON_NOT_FOUND');
    given().when(changeQuantityTo(1)).thenRejected('COUPON_NOT_FOUND');
  });
});
