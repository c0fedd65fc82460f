import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { verifyProof } from '#libs/proof-of-space';
import { bytesToHex, hexOf, hexToBytes, hexUpTo } from '#libs/protocol';
import { textOf } from '../client-error.js';
import type { CommandIo } from './io.js';

const about = { plotId: hexOf(32), k: z.number().int(), challenge: hexOf(32) };
const proof = hexUpTo(4096);
const row = z.union([
  z.object({
    ...about,
    proofs: z.array(z.object({ proof, quality: hexOf(32).optional(), valid: z.boolean().default(true) })),
  }),
  z.object({ ...about, proof, quality: hexOf(32).optional(), valid: z.boolean() }),
]);

export interface Agreement {
  rows: number;
  agree: number;
  disagree: number;
}

/**
 * `croft plots verify`: checks a file of proofs, one JSON row a line, against what each row says of them. A row
 * that cannot be read disagrees. Errors: those of the file system.
 */
export async function verifyRows(file: string, io: CommandIo): Promise<Agreement> {
  const result: Agreement = { rows: 0, agree: 0, disagree: 0 };
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    result.rows++;
    const problem = problemOf(line);
    if (problem === null) result.agree++;
    else {
      result.disagree++;
      io.err(`${file}:${number}: ${problem}`);
    }
  }
  return result;
}

/** What is wrong with a row, or null when everything it says is so. */
function problemOf(line: string): string | null {
  let parsed: z.infer<typeof row>;
  try {
    parsed = row.parse(JSON.parse(line));
  } catch (error) {
    return textOf(error).split('\n')[0] ?? '';
  }
  const { plotId, k, challenge } = parsed;
  const proofs = 'proofs' in parsed ? parsed.proofs : [parsed];
  for (const [index, { proof, quality, valid }] of proofs.entries()) {
    const found = verifyProof(hexToBytes(plotId), k, hexToBytes(challenge), hexToBytes(proof));
    if ((found !== null) !== valid) return `proof ${index} is ${found ? 'valid' : 'invalid'}`;
    if (found && quality && bytesToHex(found) !== quality) return `proof ${index} has another quality`;
  }
  return null;
}
