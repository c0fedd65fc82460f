import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Any, type EntityManager, type Repository } from 'typeorm';
import { nativeVerify } from '#libs/native-signing';
import { CroftError, type MachineReport } from '#libs/protocol';
import { AccountsService } from '../accounts/accounts.service.js';
import { Batch } from '../platform/batch.js';
import { Clock } from '../platform/clock.js';
import { type PageQuery, pageOf } from '../platform/paging.js';
import { NodeSockets } from '../platform/sockets/node-sockets.js';
import type { AdminNodesPage, NodeView } from './dto.js';
import { Node } from './node.entity.js';
import { Sightings } from './sightings.js';

/** A node that was heard of within this time is online: two pings of the center (NODE_PING_SECONDS), and a little. */
const ONLINE_MS = 25_000;

interface Reported {
  nodeId: string;
  report: MachineReport;
}

/** Nodes: who they are, whether they are there. */
@Injectable()
export class NodesService {
  private readonly lookups = new Batch((nodeIds: string[]) => this.listed(nodeIds), { most: 1000 });
  private readonly reports = new Batch((reports: Reported[]) => this.writeReports(reports), { most: 500 });

  constructor(
    @InjectRepository(Node) private readonly nodes: Repository<Node>,
    private readonly accounts: AccountsService,
    private readonly sockets: NodeSockets,
    private readonly sightings: Sightings,
    private readonly clock: Clock,
  ) {}

  /** Checks the signature of a node over its greeting. Errors: node_unknown, node_revoked, bad_signature. */
  async authenticate(nodeId: string, nonce: string, signature: string): Promise<void> {
    const node = await this.active(nodeId);
    if (!nativeVerify('croft/connect/1', { nodeId, nonce }, signature, node.publicKey))
      throw new CroftError('bad_signature');
  }

  /** Errors: node_unknown, node_revoked. */
  async active(nodeId: string): Promise<Node> {
    const node = await this.lookups.add(nodeId);
    if (!node) throw new CroftError('node_unknown');
    if (node.state !== 'active') throw new CroftError('node_revoked');
    return node;
  }

  async byIds(ids: string[]): Promise<Map<string, Node>> {
    // one array, however many: the database takes no more than 65,535 parameters
    const rows = await this.nodes.findBy({ id: Any([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  async report(nodeId: string, report: MachineReport): Promise<void> {
    await this.reports.add({ nodeId, report });
  }

  /** Gives a node no new work, or work again. */
  async holdWork(manager: EntityManager, nodeId: string, workHeld: boolean): Promise<void> {
    await manager.update(Node, nodeId, { workHeld });
  }

  isOnline(node: Node): boolean {
    const heard = this.sightings.lastOf(node);
    return heard !== null && this.clock.now().getTime() - heard.getTime() < ONLINE_MS;
  }

  /** When a node was last heard of; null: never. */
  lastHeard(node: Node): Date | null {
    return this.sightings.lastOf(node);
  }

  async ofAccount(accountId: string): Promise<NodeView[]> {
    const rows = await this.nodes.find({ where: { accountId }, order: { pairedAt: 'ASC' } });
    return rows.map((row) => this.view(row));
  }

  async idsOfAccount(accountId: string): Promise<string[]> {
    return (await this.nodes.find({ where: { accountId }, select: { id: true } })).map((row) => row.id);
  }

  async page(query: PageQuery): Promise<AdminNodesPage> {
    const { items, next } = await pageOf(this.nodes.createQueryBuilder('node'), 'pairedAt', query);
    const names = await this.accounts.names(items.map((row) => row.accountId));
    const views = items.map((row) => ({
      ...this.view(row),
      accountId: row.accountId,
      accountName: names.get(row.accountId) ?? '',
    }));
    return { items: views, next };
  }

  async count(): Promise<{ nodes: number; nodesOnline: number }> {
    const rows = await this.nodes.findBy({ state: 'active' });
    return { nodes: rows.length, nodesOnline: rows.filter((row) => this.isOnline(row)).length };
  }

  /** Ends a node's right to speak for its account. Errors: not_found. */
  async revoke(nodeId: string, accountId: string): Promise<void> {
    const { affected } = await this.nodes.update({ id: nodeId, accountId }, { state: 'revoked' });
    if (!affected) throw new CroftError('not_found');
    this.sockets.drop(nodeId);
  }

  private async listed(nodeIds: string[]): Promise<(Node | null)[]> {
    const known = await this.byIds(nodeIds);
    return nodeIds.map((id) => known.get(id) ?? null);
  }

  private async writeReports(reports: Reported[]): Promise<true[]> {
    // of two by one node the later one counts
    const latest = [...new Map(reports.map(({ nodeId, report }) => [nodeId, report]))];
    // rows in one order, so that processes do not wait for each other in a circle
    await this.nodes.query(
      `WITH told AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(id uuid, report jsonb)),
         locked AS (SELECT id FROM nodes WHERE id IN (SELECT id FROM told) ORDER BY id FOR NO KEY UPDATE)
       UPDATE nodes SET report = told.report FROM told JOIN locked USING (id) WHERE nodes.id = told.id`,
      [JSON.stringify(latest.map(([id, report]) => ({ id, report })))],
    );
    return reports.map(() => true as const);
  }

  private view(node: Node): NodeView {
    return {
      id: node.id,
      name: node.name,
      roles: node.roles,
      state: node.state,
      online: node.state === 'active' && this.isOnline(node),
      lastSeenAt: this.lastHeard(node)?.toISOString() ?? null,
      pairedAt: node.pairedAt.toISOString(),
      storeBytes: node.report.storeBytes,
      report: node.report,
    };
  }
}
