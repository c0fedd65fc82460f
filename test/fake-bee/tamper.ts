import type { RcHashAnswer, SampleProof } from '#libs/swarm';

/** Items of the sample repeat with 15 and 14: so far on the same ones are opened, at another of 128 segments. */
const SAME_ITEMS = 15n * 14n;

type Proofs = Omit<RcHashAnswer, 'durationSeconds'>;
/** @param prove answers for any second anchor */
type Tamper = (honest: Proofs, anchor2: Uint8Array, prove: (anchor2: Uint8Array) => Proofs) => Proofs;

const inFirst =
  (change: (proof: SampleProof, honest: Proofs) => Partial<SampleProof>): Tamper =>
  (honest) => {
    const { proof1 } = honest.proofs;
    const changed = { ...proof1, ...change(proof1, honest) };
    return { ...honest, proofs: { ...honest.proofs, proof1: changed } };
  };

/** Ways in which proofs of a real sample are made wrong. */
const tampering = {
  'other-chunk': inFirst((_, { proofs: { proof2 } }) => {
    const { segment, sisters, transformedSisters } = proof2;
    return { segment, sisters, transformedSisters };
  }),
  'other-index': (honest, anchor2, prove) => {
    const proofs = prove(elsewhere(anchor2)).proofs;
    return { ...honest, proofs };
  },
  'other-span': inFirst(({ span }) => ({ span: span ^ 1n })),
  'other-root': (honest) => ({ ...honest, hash: honest.hash.map((byte) => byte ^ 1) }),
  'six-sisters': inFirst(({ sisters }) => ({ sisters: sisters.slice(0, 6) })),
  'eight-sisters': inFirst(({ sisters }) => ({ sisters: [...sisters, new Uint8Array(32)] })),
  'junk-signature': inFirst(({ stamp }) => ({
    stamp: { ...stamp, signature: new Uint8Array(65).fill(0xff) },
  })),
} satisfies Record<string, Tamper>;

export type Tampering = keyof typeof tampering;

export const tampered = (
  how: Tampering | null,
  anchor2: Uint8Array,
  prove: (anchor2: Uint8Array) => Proofs,
): Proofs => (how === null ? prove(anchor2) : tampering[how](prove(anchor2), anchor2, prove));

/**
 * A second anchor that opens the same items at the first two segments, or away from them: the only ones of which no two
 * are alike, since chunks here are one byte over and over, then zeros.
 */
function elsewhere(anchor2: Uint8Array): Uint8Array {
  const number = BigInt(`0x${Buffer.from(anchor2).toString('hex')}`);
  const isFirst = (anchor: bigint) => anchor % 128n < 2n;
  for (let other = number + SAME_ITEMS; ; other += SAME_ITEMS) {
    if (isFirst(other) === isFirst(number)) continue;
    return Uint8Array.from(Buffer.from((other % (1n << 256n)).toString(16).padStart(64, '0'), 'hex'));
  }
}
