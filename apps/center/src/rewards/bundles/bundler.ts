import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  AnswerTally,
  AnswerTimes,
  adjustmentRecords,
  type Custody,
  type FileEntry,
  type FileName,
  FileWriter,
  Frames,
  factsOf,
  fileNamesOf,
  files,
  formatOf,
  isDueInTree,
  lineRecords,
  manifestBytes,
  manifestHash,
  type NetworkCheck,
  networkRecord,
  type Pool,
  type RecordOf,
  releasedBy,
  signManifest,
  type TreeEntry,
  treeRoot,
} from '#libs/bundle';
import { type EpochFacts, type EpochOutcome, isWalked, noTries, rulesets, unmeasured } from '#libs/ruleset';
import { checkPayee } from '#libs/settlement';
import { PayoutAddresses } from '../../accounts/payout-addresses.js';
import { EpochAnswersService } from '../../audits/epoch-answers.service.js';
import { PoolsService } from '../../audits/standing/pools.service.js';
import type { Campaign, Epoch } from '../../campaigns/campaign.entity.js';
import { CampaignsService } from '../../campaigns/campaigns.service.js';
import { RatesService } from '../../campaigns/rates.service.js';
import { NetworkChecksService } from '../../nodes/network/network-checks.service.js';
import { NodesService } from '../../nodes/nodes.service.js';
import { CenterKey } from '../../platform/center-key.js';
import { Clock } from '../../platform/clock.js';
import { PlotsService } from '../../plots/plots.service.js';
import { BeeFacts } from '../../swarm/bee-nodes/bee-facts.service.js';
import { HeldParts } from '../held-parts.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { PeopleFacts } from '../people-facts.js';
import { Bundle, BundlePart } from './bundle.entity.js';
import { accountRecords, custodyRecord, plotRecord, policyRecord } from './bundle-records.js';

export interface Bundled {
  facts: EpochFacts;
  outcome: EpochOutcome;
  manifestHash: string;
}

/**
 * Turns an epoch's records into its bundle and, from these very records, into its reward lines: what is published and
 * what is paid cannot differ.
 */
@Injectable()
export class Bundler {
  private frames?: Promise<Frames>;

  constructor(
    private readonly answers: EpochAnswersService,
    private readonly pools: PoolsService,
    private readonly held: HeldParts,
    private readonly people: PeopleFacts,
    private readonly plots: PlotsService,
    private readonly nodes: NodesService,
    private readonly network: NetworkChecksService,
    private readonly bees: BeeFacts,
    private readonly campaigns: CampaignsService,
    private readonly rates: RatesService,
    private readonly addresses: PayoutAddresses,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
    private readonly key: CenterKey,
  ) {}

  /** Within the transaction that closes the epoch; before anything of it is booked. */
  async build(manager: EntityManager, campaign: Campaign, epoch: Epoch): Promise<Bundled> {
    const shelf = new Shelf(manager, campaign.id, epoch.index, await this.loadFrames());
    const challenges = await this.answers.challenges(manager, epoch.id);
    const kept = await this.plots.custodiesWithin(manager, campaign.id, epoch.startsAt, epoch.endsAt);
    const kindOf = new Map(kept.map(({ plotRef, plot }) => [plotRef, plot.kind]));
    const tally = new AnswerTally();
    const seen = { plots: new Set<string>(), nodes: new Set<string>(), accounts: new Set<string>() };
    const times = new AnswerTimes();
    const roundOf = new Map(challenges.map((challenge) => [challenge.round, challenge]));
    const writer = shelf.writer('answers');
    for await (const answer of this.answers.answers(manager, epoch.id)) {
      const { kind, sentAt } = roundOf.get(answer.round)!;
      tally.add(answer, kind === 'broadcast', isWalked(kindOf.get(answer.plot) ?? campaign.plotKind));
      if (kind === 'broadcast') times.add(answer, sentAt);
      seen.plots.add(answer.plot);
      await writer.add(answer);
    }
    const entries = new Map<FileName, FileEntry>([['answers', await writer.end()]]);

    const rates = await this.rates.at(campaign.id, epoch.startsAt);
    const { 'campaign:funded': available } = await this.ledger.campaignBalances(campaign.id, manager);
    const last = await manager.findOne(Bundle, {
      where: { campaignId: campaign.id },
      order: { epochIndex: 'DESC' },
    });
    const format = formatOf(campaign.ruleset);
    const rules = format === 'croft/bundle/1' ? null : this.bees.rules(endOf(campaign, last));
    const bees = rules ? await this.bees.checks(manager, epoch, rules) : [];
    const policy = policyRecord(campaign, epoch, rates, available, rules);
    const custodies: Custody[] = kept.map(custodyRecord);
    const held = await this.held.before(manager, campaign, epoch);
    for (const { plot } of [...custodies, ...held]) seen.plots.add(plot);
    const plots = [...(await this.plots.byRefs([...seen.plots], manager)).values()].map(plotRecord);
    for (const { node, account } of [...plots, ...custodies, ...bees]) {
      seen.nodes.add(node);
      seen.accounts.add(account);
    }
    for (const node of tally.linesOf.keys()) seen.nodes.add(node);
    const nodes = [...(await this.nodes.byIds([...seen.nodes])).values()].map(
      ({ id, accountId, publicKey }) => ({ node: id, account: accountId, publicKey }),
    );
    const known = await this.people.facts(manager, campaign, rates.referralBps);
    const accounts = accountRecords([...seen.accounts, ...nodes.map((node) => node.account)], known);
    const before = await this.pools.before(manager, campaign.id);
    const pools = (['node', 'plot'] as const).flatMap((kind) =>
      Object.entries(kind === 'node' ? before.nodes : before.plots).map(([subject, tries]) => ({
        kind,
        subject,
        before: tries,
      })),
    );
    const network = await this.networkRecords(manager, epoch, [...seen.nodes], times.all());
    const given = { policy, accounts, plots, custodies, network, bees, held, pools };

    const facts = factsOf(given, tally);
    const ruleset = rulesets[campaign.ruleset]!;
    const outcome = ruleset.apply(facts);
    const lines = [...lineRecords(outcome, facts, tally)];
    await this.campaigns.enrol(
      manager,
      campaign.id,
      lines.map((line) => line.account),
    );
    const tree = await this.tree(manager, campaign, releasedBy(lines));
    const records: { [Name in Exclude<FileName, 'answers'>]: RecordOf<Name>[] } = {
      ...given,
      policy: [policy],
      adjustments: adjustmentRecords(held, outcome),
      nodes,
      challenges,
      pools: poolRecords(before, outcome.pools),
      lines,
      tree,
    };
    for (const name of fileNamesOf(format)) {
      if (name !== 'answers') entries.set(name, await shelf.write(name, records[name]));
    }
    const signed = signManifest(
      {
        format,
        campaignId: campaign.id,
        epochIndex: epoch.index,
        ruleset: { id: campaign.ruleset, codeHash: ruleset.codeHash },
        previous: last?.manifestHash ?? null,
        centerPublicKey: this.key.publicKey,
        files: fileNamesOf(format).map((name) => entries.get(name)!),
        tree: {
          root: treeRoot(tree),
          totalUnits: tree
            .filter(isDueInTree)
            .reduce((sum, { units }) => sum + BigInt(units), 0n)
            .toString(),
        },
      },
      this.key.secretKey,
    );
    const hash = manifestHash(signed.manifest);
    await manager.insert(Bundle, {
      campaignId: campaign.id,
      epochIndex: epoch.index,
      manifestHash: hash,
      manifest: new TextDecoder().decode(manifestBytes(signed)),
      bytes: shelf.bytes,
      at: this.clock.now(),
    });
    return { facts, outcome, manifestHash: hash };
  }

  /** What is known of the connections of nodes; of whom nothing is known there is no record. */
  private async networkRecords(
    manager: EntityManager,
    { startsAt, endsAt }: Epoch,
    nodeIds: readonly string[],
    answerMs: ReadonlyMap<string, number>,
  ): Promise<NetworkCheck[]> {
    const measured = await this.network.measured(manager, nodeIds, startsAt, endsAt);
    return nodeIds
      .filter((node) => measured.has(node) || answerMs.has(node))
      .map((node) =>
        networkRecord(node, { ...(measured.get(node) ?? unmeasured), answerMs: answerMs.get(node) ?? null }),
      );
  }

  /** Every member's cumulative place in the payout tree after the epoch. */
  private async tree(
    manager: EntityManager,
    campaign: Campaign,
    fresh: Map<string, bigint>,
  ): Promise<TreeEntry[]> {
    const sums: Map<string, bigint>[] = [];
    for (const account of ['contributor:released', 'contributor:published', 'contributor:paid'] as const) {
      sums.push(await this.ledger.byOwner(campaign.id, account, manager));
    }
    const addresses = await this.addresses.all();
    return (await this.campaigns.membersOf(campaign.id, manager)).map(({ index, accountId }) => {
      const releasedBefore = sums.reduce((all, by) => all + (by.get(accountId) ?? 0n), 0n);
      const releasedAfter = releasedBefore + (fresh.get(accountId) ?? 0n);
      return {
        index,
        account: accountId,
        address: payableAddress(addresses.get(accountId), campaign),
        releasedBefore: releasedBefore.toString(),
        releasedAfter: releasedAfter.toString(),
        units: (releasedAfter / campaign.unitSize).toString(),
      };
    });
  }

  private loadFrames(): Promise<Frames> {
    this.frames ??= Frames.load();
    return this.frames;
  }
}

/** End of the epoch that a bundle is of, milliseconds since 1970; 0 when there was none yet. */
const endOf = ({ startsAt, epochSeconds }: Campaign, last: Bundle | null) =>
  last ? startsAt.getTime() + (last.epochIndex + 1) * epochSeconds * 1000 : 0;

/** The files of one bundle, on their way into the database. */
class Shelf {
  bytes = 0;

  constructor(
    private readonly manager: EntityManager,
    private readonly campaignId: string,
    private readonly epochIndex: number,
    private readonly frames: Frames,
  ) {}

  writer<Name extends FileName>(name: Name): FileWriter<Name> {
    const { manager, campaignId, epochIndex } = this;
    const keep = async (file: FileName, part: number, frame: Uint8Array) => {
      this.bytes += frame.length;
      await manager.insert(BundlePart, {
        campaignId,
        epochIndex,
        name: file,
        part,
        frame: Buffer.from(frame),
      });
    };
    return new FileWriter(name, this.frames, keep, () => createHash('sha256'));
  }

  async write<Name extends FileName>(name: Name, records: RecordOf<Name>[]): Promise<FileEntry> {
    const key = files[name].key as (record: RecordOf<Name>) => string;
    const keyed = records.map((record) => ({ record, key: key(record) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
    const writer = this.writer(name);
    for (const { record } of keyed) await writer.add(record);
    return writer.end();
  }
}

function poolRecords(before: EpochFacts['pools'], after: EpochFacts['pools']): Pool[] {
  return (['node', 'plot'] as const).flatMap((kind) => {
    const [old, now] = kind === 'node' ? [before.nodes, after.nodes] : [before.plots, after.plots];
    return Object.entries(now).map(([subject, tries]) => ({
      kind,
      subject,
      before: old[subject] ?? noTries,
      after: tries,
    }));
  });
}

/** An address the contract can pay, lower case, or null. */
function payableAddress(address: string | undefined, campaign: Campaign): string | null {
  if (!address) return null;
  try {
    const forbidden = { token: campaign.tokenAddress, contract: campaign.payoutContract };
    return checkPayee(address, forbidden).toLowerCase();
  } catch {
    return null;
  }
}
