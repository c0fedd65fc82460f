import { verifyProof, verifyProofs } from '#libs/proof-of-space';
import { rates, type Section, type SectionContext } from '../frame/section.js';
import { alteredProofs } from './altered-proofs.js';
import { type KnownProofs, knownProofs, PROOF_SIZES } from './known-proofs.js';

/** chiapos a388902, k=32, one thread, its quality included, on 2 vCPU of an AMD EPYC (Zen 4 class) at rest. */
const CHIAPOS = { name: 'the 15,100 of chiapos on an idle Zen 4 vCPU', value: 15_100 };
const ALTERED = 1_000_000;

/** Proofs checked a second with their quality, on one thread; then a million altered ones. */
export const verify: Section = {
  title: 'Verify, one thread, quality included',
  run(context) {
    for (const k of PROOF_SIZES) speed(context, knownProofs(k));
    altered(context);
  },
};

function speed({ row }: SectionContext, known: KnownProofs) {
  const { k, count } = known;
  const against = k === 32 ? CHIAPOS : undefined;
  const flipped = { ...known, proofs: Uint8Array.from(known.proofs) };
  for (let i = 0; i < count; i++) flipped.proofs[8 * k * i + ((i * 37) % (8 * k))]! ^= 1 << (i & 7);
  const verdicts = { valid: new Uint8Array(count), qualities: new Uint8Array(32 * count) };
  const unit = 'proofs/s';
  row({ name: `k=${k} valid, one by one`, samples: rates(() => oneByOne(known)), unit, against });
  const batch = () => {
    verifyProofs(known, verdicts);
    return count;
  };
  row({ name: `k=${k} valid, in batches`, samples: rates(batch), unit, against });
  row({ name: `k=${k} one bit flipped, one by one`, samples: rates(() => oneByOne(flipped)), unit });
}

/** Checks every proof by itself. Returns how many there are. */
function oneByOne({ k, count, plotIds, challenges, proofs }: KnownProofs): number {
  for (let i = 0; i < count; i++) {
    verifyProof(
      plotIds.subarray(32 * i, 32 * i + 32),
      k,
      challenges.subarray(32 * i, 32 * i + 32),
      proofs.subarray(8 * k * i, 8 * k * (i + 1)),
    );
  }
  return count;
}

function altered({ row }: SectionContext) {
  const { cases, crashes, accepted, refused, slowestMs } = alteredProofs(
    PROOF_SIZES.map(knownProofs),
    ALTERED,
  );
  row({ name: 'altered proofs, alone and in batches', samples: [cases], unit: 'cases' });
  row({ name: 'altered proofs: crashes', samples: [crashes], unit: 'cases', wanted: 0 });
  row({ name: 'altered proofs: wrongly accepted', samples: [accepted], unit: 'cases', wanted: 0 });
  row({ name: 'valid ones among them: wrongly refused', samples: [refused], unit: 'cases', wanted: 0 });
  row({ name: 'slowest batch of 500', samples: [slowestMs], unit: 'ms' });
}
