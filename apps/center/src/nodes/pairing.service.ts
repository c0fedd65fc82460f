import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, LessThan } from 'typeorm';
import {
  CroftError,
  formatPairingCode,
  type PairAnswer,
  type PairRequest,
  pairStatement,
  parsePairingCode,
  verify,
} from '#libs/protocol';
import { CenterKey } from '../platform/center-key.js';
import { Clock } from '../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { Entropy } from '../platform/entropy.js';
import { Node, PairingCode } from './node.entity.js';

const CODE_MS = 15 * 60_000;
const KEPT_MS = 24 * 3_600_000;

const hashOf = (code: string) => createHash('sha256').update(`croft/pairing-code/1\0${code}`).digest();

/** Joining a node to an account by a short code. */
@Injectable()
export class PairingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
    private readonly key: CenterKey,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** A new code for an account, good for 15 minutes and one node. */
  async newCode(accountId: string): Promise<{ code: string; expiresAt: Date }> {
    const now = this.clock.now().getTime();
    const codes = this.database.getRepository(PairingCode);
    await codes.delete({ expiresAt: LessThan(new Date(now - KEPT_MS)) });
    const code = formatPairingCode(this.entropy.bytes(5));
    const expiresAt = new Date(now + CODE_MS);
    await codes.insert({ codeHash: hashOf(parsePairingCode(code)!), accountId, expiresAt });
    return { code, expiresAt };
  }

  /**
   * Joins a node. The same key with the same code gets the same answer again, so a lost answer does no harm.
   * Errors: bad_signature, pairing_code_unknown, _expired, _used, node_key_taken.
   */
  async pair(request: PairRequest): Promise<PairAnswer> {
    if (!verify('croft/pair/1', pairStatement(request), request.signature, request.publicKey)) {
      throw new CroftError('bad_signature');
    }
    const code = parsePairingCode(request.code);
    if (!code) throw new CroftError('pairing_code_unknown');
    const nodeId = await this.database.transaction(async (manager) => {
      const row = await manager.findOne(PairingCode, {
        where: { codeHash: hashOf(code) },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw new CroftError('pairing_code_unknown');
      const known = await manager.findOneBy(Node, { publicKey: request.publicKey });
      if (row.usedByNode) {
        if (row.usedByNode === known?.id) return known.id;
        throw new CroftError('pairing_code_used');
      }
      const now = this.clock.now();
      if (row.expiresAt <= now) throw new CroftError('pairing_code_expired');
      if (known) throw new CroftError('node_key_taken');
      const { publicKey, name, roles, report } = request;
      const node = await manager.save(
        manager.create(Node, {
          accountId: row.accountId,
          publicKey,
          name,
          roles: [...new Set(roles)],
          report,
          pairedAt: now,
        }),
      );
      await manager.update(PairingCode, { codeHash: row.codeHash }, { usedByNode: node.id });
      return node.id;
    });
    return { nodeId, centerPublicKey: this.key.publicKey, centerName: this.config.CENTER_NAME };
  }
}
