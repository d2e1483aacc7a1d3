/** What kafkajs does not export: one connection to a broker. Version 2.2.4 is its last. */
declare module 'kafkajs/src/network/connection.js' {
  import { type ISocketFactory, type Logger } from 'kafkajs';

  export default class Connection {
    constructor(options: {
      host: string;
      port: number;
      logger: Logger;
      socketFactory: ISocketFactory;
      connectionTimeout: number;
      requestTimeout: number;
    });
    connect: (this: Connection) => Promise<true>;
    disconnect: (this: Connection) => Promise<true>;
  }
}
