import { randomUUID } from 'node:crypto';
import { type Server } from 'node:http';
import { type Duplex } from 'node:stream';
import { problem } from './answer.js';
import { Exchange } from './exchange.js';
import { type Lifecycle } from './lifecycle.js';
import { requestIdOf } from './middleware/begin.js';
import { type ProblemCode } from './problems.js';
import { send } from './send.js';

const codeOf = (error: NodeJS.ErrnoException): ProblemCode => {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'HEADERS_TOO_LARGE';
  if (error.code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 'PAYLOAD_TOO_LARGE';
  return error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'REQUEST_TIMEOUT' : 'INVALID_REQUEST';
};

/** A client that keeps its own half of the connection open has so long to read the answer. Milliseconds. */
const MOST_HALF_OPEN_MS = 1_000;

const answerRaw = (code: ProblemCode, socket: Duplex): void => {
  const { status, headers, body } = problem({ code }, 'en');
  const lines = Object.entries({
    ...headers,
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Request-Id': randomUUID(),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} \r\n${lines.join('')}\r\n${body}`);
  setTimeout(() => socket.destroy(), MOST_HALF_OPEN_MS).unref();
};

/**
 * Answers what never becomes a request of Koa's. What is no HTTP, came too slowly, is too large to be a request or wants a
 * tunnel still gets a problem with a code, and a closed connection.
 */
export const handleClientErrors = (server: Server, lifecycle: Lifecycle): void => {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else answerRaw(codeOf(error), socket);
  });
  server.on('connect', (_, socket) => answerRaw('NOT_FOUND', socket));
  server.on('checkExpectation', (req, res) => {
    const exchange = new Exchange(req, res, requestIdOf(req));
    const headers = { Connection: 'close' };
    void send(exchange, problem({ code: 'EXPECTATION_FAILED', headers }, exchange.language), lifecycle);
  });
};
