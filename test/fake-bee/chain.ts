import { gameRound, ROUND_BLOCKS } from '#libs/swarm';

/** Gnosis makes a block in five seconds. */
const BLOCK_SECONDS = 5;
const GENESIS_BLOCK = 40_000_000;

/** The chain as a fake Bee sees it: blocks follow from a clock, nothing is sent. */
export class FakeChain {
  private readonly startedMs: number;

  /** @param now milliseconds of Unix time */
  constructor(private readonly now: () => number = Date.now) {
    this.startedMs = now();
  }

  get block(): number {
    return GENESIS_BLOCK + Math.floor((this.now() - this.startedMs) / (1000 * BLOCK_SECONDS));
  }

  get game(): ReturnType<typeof gameRound> {
    return gameRound(this.block);
  }

  /** Unix time of a block in nanoseconds. */
  timeOfNs(block: number): bigint {
    const milliseconds = this.startedMs + (block - GENESIS_BLOCK) * 1000 * BLOCK_SECONDS;
    return BigInt(Math.round(milliseconds)) * 1_000_000n;
  }

  /** Stamps later than this are left out of samples: bee pkg/storageincentives/agent.go getPreviousRoundTime. */
  get consensusTimeNs(): bigint {
    return this.timeOfNs((this.game.round - 1) * ROUND_BLOCKS);
  }
}
