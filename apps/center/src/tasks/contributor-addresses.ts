import { Inject, Injectable } from '@nestjs/common';
import { contributorPuzzleHash, decodeAddress } from '#libs/chia';
import { bytesToHex, CroftError, hexToBytes } from '#libs/protocol';
import { AccountsService } from '../accounts/accounts.service.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';

/**
 * The contract address in a contributor's plots. With an observer key every contributor has its own wallet address of
 * the operator's, so the plot id itself commits to the contributor; a pool contract address is the same for all.
 */
@Injectable()
export class ContributorAddresses {
  private readonly known = new Map<string, string>();

  constructor(
    private readonly accounts: AccountsService,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Puzzle hash, 32 bytes hex. */
  async puzzleHashOf(accountId: string): Promise<string> {
    const known = this.known.get(accountId);
    if (known) return known;
    const account = await this.accounts.find(accountId);
    if (!account) throw new CroftError('not_found');
    const { POOL_CONTRACT_ADDRESS: pool, CHIA_OBSERVER_KEY: observer } = this.config;
    const hash = pool
      ? decodeAddress(pool).puzzleHash
      : contributorPuzzleHash(hexToBytes(observer!), account.chiaIndex);
    const text = bytesToHex(hash);
    this.known.set(accountId, text);
    return text;
  }
}
