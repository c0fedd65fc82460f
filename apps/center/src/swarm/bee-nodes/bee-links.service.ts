import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { verifyMessage } from 'ethers';
import { In, IsNull, type Repository } from 'typeorm';
import {
  type BeeRegistration,
  type BeeReport,
  beeLinkText,
  bytesToHex,
  CroftError,
  hexToBytes,
} from '#libs/protocol';
import { overlayAddress, type Stake } from '#libs/swarm';
import { NodesService } from '../../nodes/nodes.service.js';
import { CenterKey } from '../../platform/center-key.js';
import { Clock } from '../../platform/clock.js';
import { BeeNode } from './bee-node.entity.js';
import { SwarmState } from './swarm-state.service.js';

/** How far the clock of whoever signs may be ahead. */
const AHEAD_MS = 10 * 60_000;

/** Who may end a link: the account, or the node itself. */
export type LinkHolder = { accountId: string } | { nodeId: string };

/** Which node speaks for which Bee node. */
@Injectable()
export class BeeLinks {
  constructor(
    @InjectRepository(BeeNode) private readonly links: Repository<BeeNode>,
    private readonly nodes: NodesService,
    private readonly swarm: SwarmState,
    private readonly key: CenterKey,
    private readonly clock: Clock,
  ) {}

  /**
   * Links a node with the Bee node whose stake's owner signed for it; the same link again changes nothing. Errors:
   * bee_chain_not_configured, bee_signature_invalid, bee_not_staked, bee_overlay_differs, bee_taken, bee_link_ended.
   */
  async register(nodeId: string, link: BeeRegistration): Promise<void> {
    const { accountId } = await this.nodes.active(nodeId);
    const { overlay, owner } = link;
    this.checkSignature(nodeId, link);
    const block = await this.swarm.head();
    const stake = await this.swarm.stake(owner, block);
    if (!stake) throw new CroftError('bee_not_staked');
    if (stake.overlay !== overlay || this.derived(link) !== overlay)
      throw new CroftError('bee_overlay_differs', { staked: stake.overlay });
    const [issuedAt, now] = [new Date(link.issuedAt), this.clock.now()];
    await this.links.manager.transaction(async (manager) => {
      const rows = await manager.find(BeeNode, {
        where: [{ nodeId }, { overlay, unlinkedAt: IsNull() }],
        order: { nodeId: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      const other = rows.find((row) => row.nodeId !== nodeId && row.unlinkedAt === null);
      if (other && other.overlay === overlay) {
        if (other.issuedAt >= issuedAt) throw new CroftError('bee_taken');
        await manager.update(BeeNode, other.nodeId, { unlinkedAt: now });
      }
      const own = rows.find((row) => row.nodeId === nodeId);
      const known = own?.overlay === overlay && own.unlinkedAt === null;
      if (known) return;
      // a link that has ended comes back by a new signature only, however often its client tries
      if (own?.overlay === overlay && own.issuedAt >= issuedAt) throw new CroftError('bee_link_ended');
      const fresh = {
        report: null,
        firstReward: null,
        firstFees: null,
        reportedAt: null,
        checkAt: null,
        unlinkedAt: null,
        linkedAt: now,
      };
      const read = { stake: knownStake(stake, block), stakeReadAt: now };
      await manager.save(BeeNode, { nodeId, accountId, overlay, owner, issuedAt, ...fresh, ...read });
    });
  }

  /**
   * Ends links with a Bee node; again changes nothing. Errors: not_found when there never was one.
   * @returns the nodes that spoke for it
   */
  async end(holder: LinkHolder, overlay: string): Promise<string[]> {
    const ever = { ...holder, overlay };
    const unlinkedAt = this.clock.now();
    await this.links.update({ ...ever, unlinkedAt: IsNull() }, { unlinkedAt });
    const rows = await this.links.findBy(ever);
    if (rows.length === 0) throw new CroftError('not_found');
    return rows.map(({ nodeId }) => nodeId);
  }

  /** Keeps what a Bee node says of itself. Errors: not_found when none is linked with this node. */
  async report(nodeId: string, report: BeeReport): Promise<void> {
    const reportedAt = this.clock.now();
    const { rewardPlur, feesWei } = report;
    const { affected } = await this.links
      .createQueryBuilder()
      .update(BeeNode)
      .set({
        report,
        reportedAt,
        firstReward: () => 'COALESCE("firstReward", :rewardPlur)',
        firstFees: () => 'COALESCE("firstFees", :feesWei)',
      })
      .where({ nodeId, unlinkedAt: IsNull() })
      .setParameters({ rewardPlur, feesWei })
      .execute();
    if (!affected) throw new CroftError('not_found');
  }

  async linked(): Promise<BeeNode[]> {
    return this.links.find({ where: { unlinkedAt: IsNull() }, order: { nodeId: 'ASC' } });
  }

  async of(nodeIds: string[]): Promise<BeeNode[]> {
    return this.links.find({
      where: { nodeId: In(nodeIds), unlinkedAt: IsNull() },
      order: { linkedAt: 'ASC' },
    });
  }

  /** Links of these nodes, those that hold no longer too: a node keeps its last. */
  everLinked(nodeIds: string[]): Promise<BeeNode[]> {
    return this.links.findBy({ nodeId: In(nodeIds) });
  }

  /** Reads and keeps the stake of a linked node. @throws ChainError */
  async readStake({ nodeId, owner }: BeeNode, block: number): Promise<Stake | null> {
    const stake = await this.swarm.stake(owner, block);
    const known = stake && knownStake(stake, block);
    await this.links.update(nodeId, { stake: known, stakeReadAt: this.clock.now() });
    return stake;
  }

  async askNext(nodeId: string, checkAt: Date): Promise<void> {
    await this.links.update(nodeId, { checkAt });
  }

  private checkSignature(nodeId: string, { overlay, owner, issuedAt, signature }: BeeRegistration): void {
    const text = beeLinkText({ centerPublicKey: this.key.publicKey, nodeId, overlay, issuedAt });
    const isAhead = issuedAt > this.clock.now().getTime() + AHEAD_MS;
    if (isAhead || signerOf(text, signature) !== owner) throw new CroftError('bee_signature_invalid');
  }

  /** The overlay that owner and nonce make; the one that is claimed, when no nonce is told: the registry made that. */
  private derived({ overlay, owner, overlayNonce }: BeeRegistration): string {
    if (overlayNonce === null) return overlay;
    const networkId = BigInt(this.swarm.deployment.networkId);
    return bytesToHex(overlayAddress(hexToBytes(owner.slice(2)), networkId, hexToBytes(overlayNonce)));
  }
}

function knownStake(stake: Stake, block: number): BeeNode['stake'] {
  return { ...stake, plur: stake.plur.toString(), block };
}

/** Address that signed a text (EIP-191), 0x and lower-case; null for junk. */
function signerOf(text: string, signature: string): string | null {
  try {
    return verifyMessage(text, `0x${signature}`).toLowerCase();
  } catch {
    // ethers throws on what no key could have made
    return null;
  }
}
