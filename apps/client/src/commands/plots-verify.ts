import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { verifyProof } from '#libs/proof-of-space';
import { bytesToHex, hexOf, hexToBytes, hexUpTo } from '#libs/protocol';
import { ClientError, textOf } from '../client-error.js';
import { boundedLines } from './bounded-lines.js';
import type { CommandIo } from './io.js';

/** A row of 64 proofs at k=50 has 60 KB. */
const MOST_LINE_BYTES = 1024 * 1024;

const about = { plotId: hexOf(32), k: z.number().int(), challenge: hexOf(32) };
const proof = hexUpTo(4096);
const quality = hexOf(32).nullish();
const row = z.union([
  z.object({ ...about, proofs: z.array(z.object({ proof, quality, valid: z.boolean().default(true) })) }),
  z.object({ ...about, proof, quality, valid: z.boolean() }),
]);

/** What a file of proofs came to. Malformed lines are no rows. */
export interface Agreement {
  rows: number;
  agree: number;
  disagree: number;
  malformed: number;
}

/**
 * `croft plots verify`: checks a file of proofs, one JSON row a line, against what each row says of them: the rows
 * of `proofs-*.jsonl` (a challenge with its proofs) and of `altered-*.jsonl` (one proof, valid or not). Empty lines
 * are skipped. Errors: plot_unreadable.
 */
export async function verifyRows(file: string, io: CommandIo): Promise<Agreement> {
  const result: Agreement = { rows: 0, agree: 0, disagree: 0, malformed: 0 };
  try {
    for await (const { number, text } of boundedLines(createReadStream(file), MOST_LINE_BYTES)) {
      if (text?.trim() === '') continue;
      const parsed = rowOf(text);
      if (typeof parsed === 'string') {
        result.malformed++;
        io.err(io.speak('verify_malformed', { file, line: number, text: parsed }));
        continue;
      }
      result.rows++;
      const problem = problemOf(parsed, io);
      if (problem === null) result.agree++;
      else {
        result.disagree++;
        io.err(io.speak('verify_disagrees', { file, line: number, text: problem }));
      }
    }
  } catch (cause) {
    throw new ClientError('plot_unreadable', file, { cause });
  }
  return result;
}

/** 0 when all rows agree, 1 when one does not, 2 when the file has lines that are no rows. */
export function verifyExitCode({ disagree, malformed }: Agreement): number {
  if (malformed > 0) return 2;
  return disagree > 0 ? 1 : 0;
}

/** The row in a line, or why there is none. */
function rowOf(text: string | null): z.infer<typeof row> | string {
  if (text === null) return `> ${MOST_LINE_BYTES} B`;
  try {
    return row.parse(JSON.parse(text));
  } catch (error) {
    return textOf(error).split('\n')[0] ?? '';
  }
}

/** What in a row is not so, or null. */
function problemOf(parsed: z.infer<typeof row>, io: CommandIo): string | null {
  const { plotId, k, challenge } = parsed;
  const proofs = 'proofs' in parsed ? parsed.proofs : [parsed];
  for (const [index, { proof, quality, valid }] of proofs.entries()) {
    const found = verifyProof(hexToBytes(plotId), k, hexToBytes(challenge), hexToBytes(proof));
    if ((found !== null) !== valid) return io.speak(found ? 'verify_valid' : 'verify_invalid', { index });
    if (found && quality && bytesToHex(found) !== quality) return io.speak('verify_quality', { index });
  }
  return null;
}
