import Connection from 'kafkajs/src/network/connection.js';

let isOnce = false;

/**
 * Two requests at once on a connection that is not open make the library connect twice. It forgets the first
 * socket, which stays open and keeps a command from ending. Here the second request waits for the socket of the first.
 */
export const connectOnce = (): void => {
  if (isOnce) return;
  isOnce = true;
  const connect = Connection.prototype.connect;
  const connecting = new WeakMap<Connection, Promise<true>>();
  Connection.prototype.connect = function (this: Connection): Promise<true> {
    const underWay = connecting.get(this);
    if (underWay !== undefined) return underWay;
    const begun = connect.call(this).finally(() => connecting.delete(this));
    connecting.set(this, begun);
    return begun;
  };
};
