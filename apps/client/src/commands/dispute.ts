import { readFile } from 'node:fs/promises';
import { DISPUTE_FORMAT, type Dispute, type JournalLine, journalLine } from '#libs/bundle';
import { ClientError } from '../client-error.js';
import { writeJsonFile } from '../state/atomic-file.js';
import { dataFolder } from '../state/data-folder.js';
import { loadPairedNode } from '../state/node-state.js';
import type { CommandIo } from './io.js';

export interface DisputeOptions {
  round: string;
  out?: string;
  data?: string;
}

/** Most lines a dispute file takes along. */
const MOST = 10_000;

/**
 * `croft dispute --round N`: writes what this node answered in a round, and the center's receipts, to a file that
 * anybody can check. N is the number of a round or its id. Errors: not_joined, round_not_in_journal.
 */
export async function disputeCommand(options: DisputeOptions, io: CommandIo): Promise<void> {
  const data = dataFolder(options.data, io.env);
  const node = await loadPairedNode(data);
  const text = await readFile(data.file.receipts(), 'utf8').catch(() => '');
  const lines = text.split('\n').filter(Boolean);
  const places = lines.flatMap((line, i) => (isOfRound(line, options.round) ? [i] : []));
  const first = places[0];
  const last = places.at(-1);
  if (first === undefined || last === undefined || last - first >= MOST) {
    throw new ClientError('round_not_in_journal', options.round);
  }
  const file: Dispute = {
    format: DISPUTE_FORMAT,
    nodePublicKey: node.publicKey,
    centerPublicKey: node.paired.centerPublicKey,
    about: places.map((place) => place - first),
    lines: lines.slice(first, last + 1),
  };
  const out = options.out ?? `dispute-${options.round}.json`;
  await writeJsonFile(out, file);
  io.out(io.speak('dispute_written', { file: out, answers: places.length }));
}

function isOfRound(text: string, round: string): boolean {
  let line: JournalLine;
  try {
    line = journalLine.parse(JSON.parse(text));
  } catch {
    return false;
  }
  return line.receipt.roundId === round || String(line.round?.index) === round;
}
