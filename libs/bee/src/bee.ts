import { z } from 'zod';
import { bytesToHex, CroftError, hexOf } from '#libs/protocol';
import { FileTree, parseLossless } from '#libs/swarm';
import { type BeeCall, beeRequest, bodyOf, textOf } from './request.js';

const MOST_JSON = 1024 * 1024;
/** For everything but samples and content. */
const CALL_MS = 30_000;
const UPLOAD_MS = 30 * 60_000;

const overlay = hexOf(32);
const count = z.number().int().min(0);
/** Big numbers come as text; a Bee that has none says null. */
const units = z
  .string()
  .regex(/^(0|[1-9]\d{0,77})$/)
  .nullish()
  .transform((text) => text ?? null);

const addresses = z.object({ overlay, chain_address: z.string().regex(/^0x[0-9a-fA-F]{40}$/) });
const status = z.object({
  overlay,
  beeMode: z.string().max(40),
  reserveSize: count,
  reserveSizeWithinRadius: count,
  storageRadius: count,
  committedDepth: count,
  isReachable: z.boolean(),
  isWarmingUp: z.boolean(),
  lastSyncedBlock: count,
});
const game = z.object({
  phase: z.string().max(20),
  round: count,
  block: count,
  lastSelectedRound: count,
  lastPlayedRound: count,
  lastWonRound: count,
  lastFrozenRound: count,
  isFrozen: z.boolean(),
  isFullySynced: z.boolean(),
  isHealthy: z.boolean(),
  lastSampleDurationSeconds: z.number(),
  hasSufficientFunds: z.boolean(),
  /** Base units as digits, or null where this version of Bee has none: wei, PLUR, wei. */
  minimumGasFunds: units,
  reward: units,
  fees: units,
});
const wallet = z.object({ bzzBalance: units, nativeTokenBalance: units });
const chainState = z.object({ chainTip: count, block: count });
const stamp = z.object({
  batchID: hexOf(32),
  usable: z.boolean(),
  exists: z.boolean().optional(),
  depth: count,
  bucketDepth: count,
  /** Slots used in the fullest bucket. */
  utilization: count,
  immutableFlag: z.boolean(),
  /** Seconds. */
  batchTTL: z.number(),
});
const reference = z.object({ reference: hexOf(32) });

export type BeeAddresses = z.infer<typeof addresses>;
export type BeeStatus = z.infer<typeof status>;
export type BeeGame = z.infer<typeof game>;
export type BeeWallet = z.infer<typeof wallet>;
export type BeeChainState = z.infer<typeof chainState>;
export type BeeStamp = z.infer<typeof stamp>;

/**
 * What we ask of a Bee node (openapi/Swarm.yaml 8.1.0). Its API has no authentication and moves money: it is called on
 * loopback, or by the operator; nothing here calls what moves money.
 *
 * Errors of all calls: bee_unreachable, bee_refused, bee_answer_invalid.
 */
export class Bee {
  /** @param url such as http://127.0.0.1:1633 */
  constructor(readonly url: string) {}

  addresses(): Promise<BeeAddresses> {
    return this.json(addresses, { method: 'GET', path: '/addresses' });
  }

  /** Self-reported. */
  status(): Promise<BeeStatus> {
    return this.json(status, { method: 'GET', path: '/status' });
  }

  game(): Promise<BeeGame> {
    return this.json(game, { method: 'GET', path: '/redistributionstate' });
  }

  wallet(): Promise<BeeWallet> {
    return this.json(wallet, { method: 'GET', path: '/wallet' });
  }

  chainState(): Promise<BeeChainState> {
    return this.json(chainState, { method: 'GET', path: '/chainstate' });
  }

  /** A batch of this node's own. */
  stamp(batchId: string): Promise<BeeStamp> {
    return this.json(stamp, { method: 'GET', path: `/stamps/${batchId}` });
  }

  /**
   * Keeps bytes as a file without redundancy, so that its reference is its root, which is seen to be so. Returns the
   * reference, 32 bytes hex.
   */
  async upload(bytes: AsyncIterable<Uint8Array>, batchId: string): Promise<string> {
    const tree = new FileTree();
    const body = async function* () {
      for await (const part of bytes) {
        tree.write(part);
        yield part;
      }
    };
    const headers = {
      'content-type': 'application/octet-stream',
      'swarm-postage-batch-id': batchId,
      'swarm-redundancy-level': 0,
      'swarm-deferred-upload': 'false',
    };
    const call = { method: 'POST', path: '/bytes', headers, body: body() } as const;
    const { reference: said } = await this.json(reference, call, UPLOAD_MS);
    const root = bytesToHex(tree.finish().address);
    if (said !== root) throw new CroftError('bee_answer_invalid', { reference: said, root });
    return said;
  }

  /** The file behind a reference (32 bytes hex). */
  async *download(of: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const response = await beeRequest(this.url, { method: 'GET', path: `/bytes/${of}`, signal });
    yield* bodyOf(response, signal);
  }

  /**
   * The text of a reserve sample with its proofs, for `parseRcHash`: minutes, on a whole reserve.
   *
   * @param depth bits
   * @param anchor1 32 bytes hex, as `anchor2`
   */
  async rcHash(depth: number, anchor1: string, anchor2: string, signal: AbortSignal): Promise<string> {
    const path = `/rchash/${depth}/${anchor1}/${anchor2}`;
    const response = await beeRequest(this.url, { method: 'GET', path, signal });
    return textOf(response, MOST_JSON, signal);
  }

  private async json<T>(schema: z.ZodType<T>, call: BeeCall, timeoutMs = CALL_MS): Promise<T> {
    const signal = AbortSignal.timeout(timeoutMs);
    let value: unknown;
    try {
      const text = await textOf(await beeRequest(this.url, { ...call, signal }), MOST_JSON, signal);
      value = parseLossless(text);
    } catch (cause) {
      if (cause instanceof CroftError) throw cause;
      throw new CroftError(signal.aborted ? 'bee_unreachable' : 'bee_answer_invalid', undefined, { cause });
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new CroftError('bee_answer_invalid', { path: call.path });
    return parsed.data;
  }
}
