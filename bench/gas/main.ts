// `npm run bench:gas`: what a payment costs, and how long the tree behind a million payments takes. `--large` measures
// the pushes in a tree that really holds a million payees; without it the tree is as deep but mostly empty.
import { runBench } from '../frame/run.js';
import type { Section } from '../frame/section.js';
import { GasBench, goals, HARDFORK, type Measured, PAYEES, type TokenKind } from './measure.js';
import { measureMerkle } from './merkle.js';

const MILLION = 1_000_000;
const SINGLE = 'single transfers';

function gasOf(kind: TokenKind, tokenName: string): Section {
  return {
    title: `Gas a payee, ${PAYEES} a transaction, ${tokenName}, hardfork ${HARDFORK} (anvil)`,
    async run({ large, row }) {
      const bench = await GasBench.start(kind);
      const show = (name: string, { first, repeat }: Measured, goal?: readonly [number, number]) => {
        for (const [i, [when, { gas }]] of Object.entries({ 'first payment': first, repeat }).entries())
          row({
            name: `${name}, ${when}`,
            samples: [gas / PAYEES],
            unit: 'gas',
            against: goal && { name: 'goal', value: goal[i]! },
          });
        row({ name: `${name}, calldata`, samples: [repeat.calldata / PAYEES], unit: 'bytes' });
        if (name !== SINGLE) row({ name: `${name}, whole transaction`, samples: [first.gas], unit: 'gas' });
      };
      try {
        for (const mode of ['book', 'flat'] as const)
          show(mode, await bench.push(mode, MILLION, large), goals[kind][mode]);
        show('lean airdrop, could pay twice', await bench.leanAirdrop());
        show('disperse loop', await bench.disperse());
        show(SINGLE, await bench.singleTransfers());
      } finally {
        await bench.stop();
      }
    },
  };
}

const merkle: Section = {
  title: 'Tree over a million payees and all their proofs, one core',
  run({ row }) {
    const { buildSeconds, buildCpuSeconds, proofsSeconds, proofBytes, peakRssBytes } = measureMerkle(MILLION);
    row({ name: 'build', samples: [buildSeconds], unit: 's', against: { name: 'goal', value: 1 } });
    row({ name: 'build, processor time', samples: [buildCpuSeconds], unit: 's' });
    row({ name: 'all proofs', samples: [proofsSeconds], unit: 's' });
    row({ name: 'bytes of proofs', samples: [proofBytes / 2 ** 20], unit: 'MiB' });
    const goal = { name: 'goal', value: 200e6 / 2 ** 20 };
    row({ name: 'peak memory', samples: [peakRssBytes / 2 ** 20], unit: 'MiB', against: goal });
  },
};

// the tree first: its peak of memory is the process's own
await runBench('gas', {
  merkle,
  openzeppelin: gasOf('openzeppelin', "OpenZeppelin's ERC-20"),
  solady: gasOf('solady', "solady's ERC-20"),
});
