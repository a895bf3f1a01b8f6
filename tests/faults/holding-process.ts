/**
 * Holds connections to a server open, from one address of this machine:
 *   node holding-process.ts PORT ADDRESS COUNT FILE [--deaf]
 * It sends the bytes of the file over each of them and never ends; deaf, it reads nothing of the answer. It answers each
 * line on its standard input by how many of them are open and how many were closed.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import process from 'node:process';
import { createInterface } from 'node:readline';

const [port, localAddress = '', count, file = '', deaf] = process.argv.slice(2);
const bytes = readFileSync(file);
let open = 0;
let closed = 0;

for (let index = 0; index < Number(count); index += 1) {
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress });
  socket.on('connect', () => {
    open += 1;
    if (bytes.length > 0) socket.write(bytes);
    if (deaf === undefined) socket.resume();
    else socket.pause();
    socket.once('close', () => (open -= 1));
  });
  socket.on('error', () => undefined);
  socket.once('close', () => (closed += 1));
}

createInterface({ input: process.stdin }).on('line', () => {
  process.stdout.write(`${JSON.stringify({ open, closed })}\n`);
});
