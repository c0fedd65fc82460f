import { proximity } from '#libs/swarm';
import { ok, refusal } from './answer.js';
import type { FakeNode } from './node.js';
import type { Routes } from './routes.js';

const VERSION = '2.8.1-7cf53193';
const API_VERSION = '8.1.0';
const CHEQUEBOOK = `0x${'c0'.repeat(20)}`;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What is answered while a node syncs, too: bee pkg/api/router.go mountTechnicalDebug. */
export function technicalRoutes(node: FakeNode): Routes {
  const health = { version: VERSION, apiVersion: API_VERSION };
  const address = `0x${hex(node.ethereumAddress)}`;
  return {
    'GET /health': () => ok({ status: 'ok', ...health }),
    'GET /readiness': () =>
      node.faults.syncing
        ? { status: 400, json: { status: 'notReady', ...health } }
        : ok({ status: 'ready', ...health }),
    'GET /node': () => ok({ beeMode: 'full', chequebookEnabled: true, swapEnabled: true }),
    'GET /addresses': () =>
      ok({
        overlay: node.claimedOverlay,
        underlay: [],
        ethereum: address,
        chain_address: address,
        publicKey: node.publicKey,
        pssPublicKey: node.publicKey,
      }),
    'GET /chainstate': () =>
      ok({
        chainTip: node.chain.block,
        block: node.chain.block - 3,
        totalAmount: '1000000',
        currentPrice: '24000',
        minimumValidityBlocks: 17_280,
      }),
  };
}

/** What a node says of itself and of the game: bee pkg/api/{status,postage,redistribution,wallet,staking}.go. */
export function statusRoutes(node: FakeNode): Routes {
  const { reserve } = node;
  const storageRadius = reserve.depth - node.height;
  const withinRadius = (): number =>
    reserve.all().filter(({ address }) => proximity(address, node.overlay) >= storageRadius).length;
  const status = () => ({
    overlay: node.claimedOverlay,
    proximity: 256,
    beeMode: 'full',
    reserveSize: reserve.size,
    reserveSizeWithinRadius: withinRadius(),
    pullsyncRate: 0,
    storageRadius,
    connectedPeers: 0,
    neighborhoodSize: 0,
    batchCommitment: 2 ** 22,
    isReachable: true,
    lastSyncedBlock: node.chain.block,
    committedDepth: reserve.depth,
    isWarmingUp: false,
  });
  return {
    'GET /status': () => ok(status()),
    'GET /status/peers': () => ok({ snapshots: [] }),
    'GET /status/neighborhoods': () =>
      ok({
        neighborhoods: [
          {
            neighborhood: bits(node.overlay, storageRadius),
            reserveSizeWithinRadius: withinRadius(),
            proximity: storageRadius,
          },
        ],
      }),
    'GET /reservestate': () =>
      ok({
        radius: storageRadius,
        storageRadius,
        commitment: 2 ** 22,
        reserveCapacityDoubling: node.height,
      }),
    'GET /redistributionstate': () => {
      const { round, phase } = node.chain.game;
      return ok({
        minimumGasFunds: '500003000000000',
        hasSufficientFunds: true,
        isFrozen: node.faults.frozen,
        isFullySynced: !node.faults.syncing,
        phase,
        round,
        ...node.game,
        lastSampleDurationSeconds: node.lastSampleSeconds,
        block: node.chain.block,
        ...node.books,
        isHealthy: true,
      });
    },
    'GET /wallet': () =>
      ok({
        bzzBalance: '100000000000000000',
        nativeTokenBalance: '1000000000000000000',
        chainID: 100,
        chequebookContractAddress: CHEQUEBOOK,
        walletAddress: `0x${hex(node.ethereumAddress)}`,
      }),
    'GET /stake': () => ok({ stakedAmount: String(10n ** 17n * 2n ** BigInt(node.height)) }),
    'GET /stake/withdrawable': () => ok({ withdrawableAmount: '0' }),
    // the API moves money on a real node; nothing that we run may ever call these
    'POST /wallet/withdraw/{coin}': () => refusal(400, 'provided address not whitelisted'),
    'POST /chequebook/withdraw': () => refusal(400, 'insufficient balance'),
  };
}

/** The first bits of an address, as text. */
function bits(address: Uint8Array, count: number): string {
  return [...address.subarray(0, (count + 7) >> 3)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, count);
}
