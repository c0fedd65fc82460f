import { verifyBundle } from '#libs/bundle';
import { nativeVerifyHashes } from '#libs/native-signing';
import { contentHash, newKeyPair, sign, verifyHash } from '#libs/protocol';
import { rates, type Section, type SectionContext } from '../frame/section.js';
import { type Invented, inventBundle, newHash } from './invented-bundle.js';

const ROUNDS = 48;
const GOAL = { name: 'the goal', value: 60 };

/** Building and recomputing bundles of invented answers, and of reward lines. A `line` of the goal is a reward line. */
export const bundle: Section = {
  title: 'A bundle (a line is a reward line; an answer is what one plot said in one round)',
  async run(context) {
    const { large, row } = context;
    const many = large ? 1_000_000 : 100_000;
    await measure(context, { plots: many / 2, rounds: 0, accepted: true, signed: false });
    await measure(context, {
      plots: Math.ceil(many / ROUNDS),
      rounds: ROUNDS,
      accepted: false,
      signed: false,
    });
    await measure(context, { plots: 200, rounds: ROUNDS, accepted: false, signed: true });
    await signatures(row, many);
  },
};

async function measure({ row }: SectionContext, what: Invented) {
  let started = performance.now();
  const passed = () => {
    const seconds = (performance.now() - started) / 1000;
    started = performance.now();
    return seconds;
  };
  const { source, answers, lines, bytes } = await inventBundle(what);
  const name = `${count(lines)} lines, ${count(answers)} answers`;
  const made = what.signed ? 'signed and built' : 'built';
  row({ name: `${name}: ${made}`, samples: [passed()], unit: 's', against: GOAL });
  row({ name: '  size, compressed', samples: [bytes / 2 ** 20], unit: 'MiB' });
  const signatures = what.signed ? nativeVerifyHashes : async () => null;
  passed();
  const verified = await verifyBundle(source, { proofs: 0, signatures, newHash, keepLine: () => false });
  const without = what.signed ? 'with every signature' : 'without signatures and proofs';
  row({ name: `  verified, ${without}`, samples: [passed()], unit: 's', against: GOAL });
  row({ name: '  lines found', samples: [verified.lineCount], unit: 'lines', wanted: lines });
}

/** How fast signatures alone are; each answer of a bundle has two. */
async function signatures(row: SectionContext['row'], answers: number) {
  const key = newKeyPair(new Uint8Array(32).fill(7));
  const signed = Array.from({ length: 2048 }, (_, n) => ({
    hash: contentHash('croft/receipt/1', { n }),
    signature: sign('croft/receipt/1', { n }, key.secretKey),
    publicKey: key.publicKey,
  }));
  const perSecond: number[] = [];
  for (let run = 0; run < 5; run++) {
    const started = performance.now();
    await nativeVerifyHashes(signed);
    perSecond.push((signed.length / (performance.now() - started)) * 1000);
  }
  row({ name: 'signatures by OpenSSL, all threads', samples: perSecond, unit: '1/s' });
  const seconds = perSecond.map((rate) => (2 * answers) / rate);
  row({ name: `  those of ${count(answers)} answers`, samples: seconds, unit: 's', against: GOAL });
  const inJavaScript = rates(() => signed.slice(0, 20).filter(verifyHash).length);
  row({ name: 'signatures in JavaScript (a browser)', samples: inJavaScript, unit: '1/s' });
}

const count = (n: number) => n.toLocaleString('en');
