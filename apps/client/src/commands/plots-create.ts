import { randomBytes } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { decodeAddress, keyGen, plotIdentity } from '#libs/chia';
import { MAX_MEMO_BYTES, plotFileName } from '#libs/proof-of-space';
import { bytesToHex, hexToBytes, limits } from '#libs/protocol';
import { ClientError, textOf } from '../client-error.js';
import { makePlotFile } from '../plots/make-plot-file.js';
import { formatSize } from '../sizes.js';
import type { CommandIo } from './io.js';

export interface CreateOptions {
  k: string;
  path: string;
  farmerPublicKey?: string;
  contract?: string;
  id?: string;
  memo?: string;
  temp?: string;
  json?: boolean;
}

/** `croft plots create`: a plot for keys, or for a given id and memo. Errors: plot_options_invalid. */
export async function createPlotCommand(options: CreateOptions, io: CommandIo): Promise<void> {
  const k = Number(options.k);
  if (!Number.isInteger(k) || k < limits.minK || k > limits.maxK) throw invalid(`--k ${options.k}`);
  const { plotId, memo } = identityOf(options);
  const path = resolve(options.path);
  const temp = options.temp ? resolve(options.temp) : null;
  await mkdir(path, { recursive: true });
  if (temp) await mkdir(temp, { recursive: true });
  const file = join(path, plotFileName(k, new Date(), bytesToHex(plotId)));
  const started = performance.now();
  await makePlotFile({ plotId, k, memo, file, temp }, progressLine(io));
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const bytes = (await stat(file)).size;
  if (options.json) io.out(JSON.stringify({ file, k, plotId: bytesToHex(plotId), bytes, seconds }));
  else io.out(io.speak('create_done', { file, size: formatSize(bytes), seconds }));
}

function identityOf(options: CreateOptions): { plotId: Uint8Array; memo: Uint8Array } {
  const { id, memo, farmerPublicKey, contract } = options;
  if (id !== undefined && memo !== undefined && !farmerPublicKey && !contract) {
    return { plotId: bytesOf('--id', id, 32, 32), memo: bytesOf('--memo', memo, 0, MAX_MEMO_BYTES) };
  }
  if (id !== undefined || memo !== undefined || !farmerPublicKey || !contract) {
    throw invalid('--farmer-public-key + --contract | --id + --memo');
  }
  const farmer = bytesOf('--farmer-public-key', farmerPublicKey, 48, 48);
  try {
    const contractPuzzleHash = /^(0x)?[0-9a-fA-F]{64}$/.test(contract)
      ? bytesOf('--contract', contract, 32, 32)
      : decodeAddress(contract).puzzleHash;
    const masterSecretKey = keyGen(randomBytes(32));
    return plotIdentity({ contractPuzzleHash, farmerPublicKey: farmer, masterSecretKey });
  } catch (error) {
    throw invalid(textOf(error));
  }
}

function bytesOf(option: string, hex: string, least: number, most: number): Uint8Array {
  const digits = hex.replace(/^0x/, '').toLowerCase();
  if (!/^([0-9a-f]{2})*$/.test(digits) || digits.length < 2 * least || digits.length > 2 * most) {
    throw invalid(`${option} ${hex.slice(0, 20)}`);
  }
  return hexToBytes(digits);
}

const invalid = (detail: string) => new ClientError('plot_options_invalid', detail);

/** Progress to the error channel, a line for every tenth. */
function progressLine(io: CommandIo): (phase: string, fraction: number) => void {
  let told = 0;
  return (phase, fraction) => {
    const tenth = Math.floor(fraction * 10);
    if (tenth <= told) return;
    told = tenth;
    io.err(`${tenth * 10} % ${phase}`);
  };
}
