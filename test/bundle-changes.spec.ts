import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  type Answer,
  BundleFault,
  type BundleSource,
  Frames,
  manifestBytes,
  type Part,
  readFile,
  readManifest,
  type SignatureBatch,
  sha256Hex,
  signManifest,
  verifyBundle,
} from '#libs/bundle';
import { nativeVerifyHashes } from '#libs/native-signing';
import { canonicalText } from '#libs/protocol';
import { center, inventBundle, newHash } from '../bench/tally/invented-bundle.js';
import { BundleCopy } from './support/bundle-copy.js';

const ANSWERS = 'answers.ndjson.zst';
/** So few that a thousand signatures, which are checked together, come from several frames. */
const LINES_PER_FRAME = 100;

let frames: Frames;
beforeAll(async () => {
  frames = await Frames.load();
});

/** What verifying says, as text: that all is well and what was counted, or the first difference. */
async function verdictOf(source: BundleSource, signatures: SignatureBatch): Promise<string> {
  try {
    const {
      manifestHash,
      answers,
      signatures: checked,
      accrued,
    } = await verifyBundle(source, {
      proofs: 0,
      signatures,
      newHash,
      centerPublicKey: center.publicKey,
    });
    return `sound ${manifestHash} ${answers} ${checked} ${accrued}`;
  } catch (error) {
    if (!(error instanceof BundleFault)) throw error;
    return `${error.code} ${error.message}`;
  }
}

test('every byte of every file, changed, is found, and its file is named', async () => {
  const { source } = await inventBundle({ plots: 1, rounds: 1, accepted: true, signed: true });
  const copy = await BundleCopy.of(source);
  expect(await verdictOf(copy, nativeVerifyHashes)).toMatch(/^sound/);
  const missed: string[] = [];
  let changed = 0;
  for (const [name, bytes] of copy.files) {
    for (let at = 0; at < bytes.length; at++) {
      const other = Uint8Array.from(bytes);
      // one bit, each of the eight in its turn
      other[at]! ^= 1 << (at & 7);
      const fault = await verifyBundle(copy.with(name, other), {
        proofs: 0,
        signatures: nativeVerifyHashes,
        newHash,
      }).then(
        () => null,
        (error: unknown) => error,
      );
      changed++;
      if (!(fault instanceof BundleFault) || fault.file !== name) missed.push(`${name} ${at}: ${fault}`);
    }
  }
  expect(missed).toEqual([]);
  expect(changed).toBeGreaterThan(3_000);
});

/** One signature after the other, no thread. */
const oneByOne: SignatureBatch = async (signed) => {
  for (const [place, one] of signed.entries()) if ((await nativeVerifyHashes([one])) !== null) return place;
  return null;
};

/** Batches that end in another order than they began. */
const outOfOrder = (waits: readonly number[]): SignatureBatch => {
  let batch = 0;
  return async (signed) => {
    await wait(waits[batch++ % waits.length]);
    return nativeVerifyHashes(signed);
  };
};

/** The same bundle with other answers, its hashes and its manifest made anew: only what it says is wrong. */
async function forged(copy: BundleCopy, answers: readonly Answer[]): Promise<BundleCopy> {
  const { manifest } = readManifest(await copy.manifest());
  const lines = answers.map((answer) => `${canonicalText(answer)}\n`);
  const plain = Buffer.from(lines.join(''));
  const parts: Part[] = [];
  const written: Uint8Array[] = [];
  for (let at = 0; at < lines.length; at += LINES_PER_FRAME) {
    const some = Buffer.from(lines.slice(at, at + LINES_PER_FRAME).join(''));
    const frame = frames.compress(some);
    written.push(frame);
    parts.push({ bytes: frame.length, plainBytes: some.length, sha256: sha256Hex(frame) });
  }
  const entry = { lines: lines.length, plainBytes: plain.length, sha256: sha256Hex(plain), parts };
  const files = manifest.files.map((file) => (file.name === 'answers' ? { ...file, ...entry } : file));
  const signed = signManifest({ ...manifest, files }, center.secretKey);
  return copy.with(ANSWERS, Buffer.concat(written)).with('manifest.json', manifestBytes(signed));
}

/** Ways in which an answer can be wrong, and what is found then. */
const wrongs = {
  answer: (answer: Answer): Answer => ({ ...answer, signature: turned(answer.signature!) }),
  receipt: (answer: Answer): Answer => ({ ...answer, receipt: turned(answer.receipt!) }),
  // seen while reading, maybe before the signatures of lines above have been checked
  account: (answer: Answer): Answer => ({ ...answer, account: answer.plot }),
};
const turned = (hex: string) => hex.replace(/^./, (digit) => (Number.parseInt(digit, 16) ^ 1).toString(16));

test('in threads and out of order, the verdict and the first difference are those of one signature after the other', async () => {
  const { source } = await inventBundle({ plots: 25, rounds: 48, accepted: true, signed: true });
  const copy = await BundleCopy.of(source);
  const { manifest } = readManifest(await copy.manifest());
  const answers: Answer[] = [];
  for await (const answer of readFile(copy, manifest, 'answers', frames, newHash)) answers.push(answer);
  const place = fc.nat(answers.length - 1);
  const wrong = fc.constantFrom(...(Object.keys(wrongs) as (keyof typeof wrongs)[]));
  const changes = fc.uniqueArray(fc.tuple(place, wrong), { maxLength: 4, selector: ([at]) => at });
  const waits = fc.array(fc.nat(40), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(changes, waits, async (made, delays) => {
      const changed = [...answers];
      for (const [at, how] of made) changed[at] = wrongs[how](changed[at]!);
      const bundle = await forged(copy, changed);
      const serial = await verdictOf(bundle, oneByOne);
      const first = made.length === 0 ? null : Math.min(...made.map(([at]) => at)) + 1;
      expect(serial).toMatch(first === null ? /^sound/ : new RegExp(`${ANSWERS}, line ${first}:`));
      expect(await verdictOf(bundle, nativeVerifyHashes)).toBe(serial);
      expect(await verdictOf(bundle, outOfOrder(delays))).toBe(serial);
    }),
    {
      numRuns: 4,
      examples: [
        [[], [0]],
        [
          [
            [1199, 'answer'],
            [3, 'receipt'],
            [700, 'account'],
          ],
          [40, 20, 0],
        ],
      ],
    },
  );
});
