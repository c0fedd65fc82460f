// A child process of the benchmark `load`: some thousand nodes, each with a real socket of its own.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { nativeSign } from '#libs/native-signing';
import {
  type Ack,
  type Answer,
  hexToBytes,
  isDue,
  lotOf,
  NODE_NAMESPACE,
  type RoundMessage,
  type SignedReceipt,
  subChallenge,
} from '#libs/protocol';
import type { LoadNode } from './population.js';

export interface ClientsOrder {
  url: string;
  nodes: LoadNode[];
  /** Each asks for work about this often, as clients with nothing to do are wont to. */
  pollMs: number;
  /** A disk takes up to this long before an answer is ready. */
  diskMs: number;
  /** All dial within this time, as after a restart of the center. */
  dialMs: number;
}

/** What they saw since they were last asked. */
export interface ClientsReport {
  connected: number;
  /** Connections that came to nothing and were tried again. */
  redials: number;
  answerMs: number[];
  pollMs: number[];
  verdicts: Record<string, number>;
}

const machine = {
  ...{ os: 'linux', arch: 'x64', cores: 4, memoryBytes: 8e9, clientVersion: '0.1.0' },
  ...{ storeBytes: 1e12, storeFreeBytes: 1e12, tempFreeBytes: 1e11 },
};
const report: ClientsReport = { connected: 0, redials: 0, answerMs: [], pollMs: [], verdicts: {} };
const count = (what: string) => {
  report.verdicts[what] = (report.verdicts[what] ?? 0) + 1;
};

process.on('message', (message: ClientsOrder | 'report') => {
  if (message !== 'report') return void begin(message);
  process.send!(report);
  Object.assign(report, { redials: 0, answerMs: [], pollMs: [], verdicts: {} });
});
process.once('disconnect', () => process.exit(0));

async function begin(order: ClientsOrder) {
  const dialled = order.nodes.map(async (node) => {
    await sleep(Math.random() * order.dialMs);
    // as the client does: again and again, with growing waits
    for (let wait = 250; !(await connect(order, node)); wait = Math.min(2 * wait, 10_000)) {
      report.redials++;
      await sleep(wait * (0.5 + Math.random()));
    }
  });
  await Promise.all(dialled);
  process.send!('connected');
}

/** Dials, signs, reports, names its plot and asks for work; false when the connection came to nothing. */
async function connect(order: ClientsOrder, node: LoadNode): Promise<boolean> {
  const socket = io(`${order.url}${NODE_NAMESPACE}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    timeout: 10_000,
  });
  const call = async (event: string, message: unknown) => {
    const heard: Ack<unknown> = await socket.timeout(30_000).emitWithAck(event, message);
    if (!heard.ok) throw new Error(`${event}: ${heard.error.code}`);
  };
  try {
    const { nonce } = await new Promise<{ nonce: string }>((resolve, reject) => {
      socket.once('hello', resolve);
      socket.once('connect_error', reject);
      socket.once('disconnect', reject);
    });
    socket.on('round', (round: RoundMessage) => void answer(order, socket, node, round));
    const signature = nativeSign('croft/connect/1', { nodeId: node.nodeId, nonce }, node.secretKey);
    await call('node:authenticate', { nodeId: node.nodeId, signature });
    await call('node:report', machine);
    await call('inventory:sync', { plots: [{ plotId: node.plotId, plotKind: 'chia-v1', k: 32 }] });
    await call('task:next', {});
  } catch {
    socket.disconnect();
    return false;
  }
  report.connected++;
  socket.once('disconnect', () => {
    report.connected--;
    count('disconnected');
  });
  void poll(order, socket);
  return true;
}

async function poll({ pollMs }: ClientsOrder, socket: Socket) {
  await sleep(Math.random() * pollMs);
  while (socket.connected) {
    const asked = performance.now();
    const heard = await socket
      .timeout(60_000)
      .emitWithAck('task:next', {})
      .catch(() => null);
    if (heard?.ok) report.pollMs.push(performance.now() - asked);
    else count('poll failed');
    await sleep(pollMs * (0.67 + Math.random() * 0.66));
  }
}

async function answer({ diskMs }: ClientsOrder, socket: Socket, node: LoadNode, round: RoundMessage) {
  const { roundId, beacon } = round;
  const plotId = hexToBytes(node.plotId);
  const lot = lotOf(plotId, hexToBytes(beacon));
  if (!isDue(lot, round.threshold)) return;
  const keyed = createHash('sha256').update(plotId).update(subChallenge(lot, 0)).digest();
  const proof = Buffer.concat([keyed, Buffer.alloc(224)]).toString('hex');
  const about = { nodeId: node.nodeId, plotId: node.plotId, plotKind: 'chia-v1', k: 32 };
  const content: Answer = { roundId, ...about, beacon, subIndex: 0, proof };
  await sleep(Math.random() * diskMs);
  const signature = nativeSign('croft/answer/1', content, node.secretKey);
  const sent = performance.now();
  const heard: Ack<SignedReceipt> | null = await socket
    .timeout(60_000)
    .emitWithAck('round:answer', { answer: content, signature })
    .catch(() => null);
  report.answerMs.push(performance.now() - sent);
  count(heard?.ok ? heard.value.receipt.verdict : (heard?.error.code ?? 'no receipt'));
}
