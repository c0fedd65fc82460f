import { Bee } from '#libs/bee';
import { type BeeFault, type BeeReport, CroftError } from '#libs/protocol';

/** Why a Bee node could not be asked, from what `Bee` throws; null: something else went wrong. */
export function beeFaultOf(error: unknown): BeeFault | null {
  if (!(error instanceof CroftError)) return null;
  const { code, details } = error;
  if (code === 'bee_refused') return 'bee-refused';
  if (code === 'bee_answer_invalid') return 'bee-answer-invalid';
  if (code !== 'bee_unreachable') return null;
  if (details?.status === 503) return 'bee-syncing';
  return details?.stopped ? 'bee-stopped' : 'bee-unreachable';
}

/** What a Bee node says of itself; what it does not answer is null. Never throws. */
export async function readBeeState(bee: Bee): Promise<BeeReport> {
  let fault: BeeFault | null = null;
  const ask = async <T>(asked: Promise<T>): Promise<T | null> => {
    try {
      return await asked;
    } catch (error) {
      fault ??= beeFaultOf(error) ?? 'bee-answer-invalid';
      return null;
    }
  };
  // the one that is answered even while it syncs comes first: its fault says most
  const addresses = await ask(bee.addresses());
  const [status, game, wallet, chain] = addresses
    ? await Promise.all([ask(bee.status()), ask(bee.game()), ask(bee.wallet()), ask(bee.chainState())])
    : [null, null, null, null];
  return {
    overlay: addresses?.overlay ?? null,
    fault,
    blocksBehind: chain && Math.max(0, chain.chainTip - chain.block),
    isWarmingUp: status?.isWarmingUp ?? null,
    isReachable: status?.isReachable ?? null,
    isFullySynced: game?.isFullySynced ?? null,
    isHealthy: game?.isHealthy ?? null,
    isFrozen: game?.isFrozen ?? null,
    storageRadius: status?.storageRadius ?? null,
    reserveChunks: status?.reserveSize ?? null,
    chunksWithinRadius: status?.reserveSizeWithinRadius ?? null,
    sampleSeconds: game && Math.max(0, game.lastSampleDurationSeconds),
    gasWei: wallet?.nativeTokenBalance ?? null,
    minimumGasWei: game?.minimumGasFunds ?? null,
    bzzPlur: wallet?.bzzBalance ?? null,
    rewardPlur: game?.reward ?? null,
    feesWei: game?.fees ?? null,
  };
}
