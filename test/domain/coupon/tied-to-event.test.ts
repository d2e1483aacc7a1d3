import {
  closeSale,
  created,
  given,
  issue,
  issuedTo,
  openSale,
  paused,
  resumed,
  saleClosed,
  saleOpened,
} from './language.js';

const tied = created({ eventId: 'gala' });

describe('a coupon tied to an event', () => {
  it('waits until the event opens', () => {
    given(tied)
      .when(issue({ to: 'ana' }))
      .thenRejected('NOT_OPEN');
    given(tied, saleOpened())
      .when(issue({ to: 'ana' }))
      .then(issuedTo('ana'));
  });

  it('is over when the event is, opened before or not', () => {
    given(tied, saleOpened(), saleClosed())
      .when(issue({ to: 'ana' }))
      .thenRejected('CLOSED');
    given(tied).when(closeSale()).then(saleClosed());
    given(tied, saleClosed())
      .when(issue({ to: 'ana' }))
      .thenRejected('CLOSED');
  });

  it('is opened and closed once, however often it is told', () => {
    given(tied).when(openSale()).then(saleOpened());
    given(tied, saleOpened()).when(openSale('gala', 'again')).thenNothing();
    given(tied, saleOpened()).when(closeSale()).then(saleClosed());
    given(tied, saleOpened(), saleClosed()).when(closeSale('gala', 'again')).thenNothing();
  });

  it('stays closed when the opening is told late', () => {
    given(tied, saleClosed()).when(openSale()).thenNothing();
  });

  it('does not listen to other events', () => {
    given(tied).when(openSale('another')).thenNothing();
    given(tied, saleOpened()).when(closeSale('another')).thenNothing();
    given(created()).when(closeSale()).thenNothing();
  });

  it('answers what it granted, though it is closed by now', () => {
    given(tied, saleOpened(), issuedTo('ana'), saleClosed())
      .when(issue({ to: 'ana' }))
      .thenNothing();
  });

  it('is paused and resumed on its own, whatever the event does', () => {
    given(tied, paused(), saleOpened())
      .when(issue({ to: 'ana' }))
      .thenRejected('PAUSED');
    given(tied, paused(), resumed())
      .when(issue({ to: 'ana' }))
      .thenRejected('NOT_OPEN');
  });
});

it('nobody opens what was never created', () => {
  given().when(openSale()).thenRejected('COUPON_NOT_FOUND');
  given().when(closeSale()).thenRejected('COUPON_NOT_FOUND');
});
