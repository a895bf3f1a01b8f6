import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createPrintQueue, type PrinterNetwork, sendToPrinter } from '../../server/printers/index.ts';

/** The village's network of a test is this machine: the printer listens on a port of its own. */
export function thisMachine(): PrinterNetwork {
  return {
    mayBeAt: ({ host }) => host === '127.0.0.1',
    send: createPrintQueue((place, bytes) =>
      sendToPrinter(place, bytes, { connectMs: 1000, jobMs: 1500, statusMs: 150 }),
    ),
  };
}

const ASK_PAPER = Buffer.from([0x10, 0x04, 0x04]);
const PAPER_IN = 0x12;
const PAPER_OUT = 0x72;

/** How a printer behaves. `mute`: a cheap one, which never says how it is. */
export type Temper =
  'good' | 'mute' | 'no paper' | 'ends within' | 'never reads' | 'resets' | 'hangs up' | 'slow';

export interface FakePrinter {
  readonly port: number;
  /** The bytes of each job, without the questions for the paper. */
  readonly jobs: Buffer[];
  readonly connections: () => number;
  /** The most connections that were open at the same moment. */
  readonly mostAtOnce: () => number;
  temper: Temper;
  /** How long a slow one takes before it answers. */
  slowMs: number;
  readonly close: () => Promise<void>;
}

/** A printer on a real socket of this machine. */
export async function startFakePrinter(temper: Temper = 'good'): Promise<FakePrinter> {
  const open = new Set<Socket>();
  let made = 0;
  let most = 0;
  const printer: Omit<FakePrinter, 'port' | 'close'> & { port: number } = {
    ...{ port: 0, jobs: [], temper, slowMs: 200 },
    connections: () => made,
    mostAtOnce: () => most,
  };
  const server = createServer((socket) => {
    made += 1;
    open.add(socket);
    most = Math.max(most, open.size);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    serve(socket, printer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  printer.port = (server.address() as AddressInfo).port;
  return Object.assign(printer, {
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}

function serve(socket: Socket, printer: Pick<FakePrinter, 'jobs' | 'temper' | 'slowMs'>): void {
  const { temper, slowMs } = printer;
  if (temper === 'never reads') {
    socket.pause();
    return;
  }
  if (temper === 'hangs up') {
    socket.end();
    return;
  }
  const got: Buffer[] = [];
  socket.on('data', (data) => {
    const { rest, asked } = withoutQuestions(data);
    if (rest.length > 0) got.push(rest);
    const hasSlip = got.length > 0;
    if (temper === 'resets' && hasSlip) {
      socket.resetAndDestroy();
      return;
    }
    if (!asked || temper === 'mute') return;
    const isOut = temper === 'no paper' || (temper === 'ends within' && hasSlip);
    const answer = () => void socket.write(Buffer.from([isOut ? PAPER_OUT : PAPER_IN]));
    if (temper === 'slow') setTimeout(answer, slowMs);
    else answer();
  });
  socket.on('end', () => {
    if (got.length > 0) printer.jobs.push(Buffer.concat(got));
  });
}

/** A question may come in the same packet as what is printed. */
function withoutQuestions(data: Buffer): { rest: Buffer; asked: boolean } {
  let rest = data;
  let asked = false;
  for (let at = rest.indexOf(ASK_PAPER); at >= 0; at = rest.indexOf(ASK_PAPER)) {
    asked = true;
    rest = Buffer.concat([rest.subarray(0, at), rest.subarray(at + ASK_PAPER.length)]);
  }
  return { rest, asked };
}
