import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { CroftError } from '#libs/protocol';
import type { AccountRole } from '../platform/auth/guards.js';
import { Entropy } from '../platform/entropy.js';
import { Account } from './account.entity.js';
import type { MeAnswer } from './dto/answers.js';
import type { ProfileRequest } from './dto/requests.js';
import { hashPassword, passwordFits } from './passwords.js';
import { PayoutAddresses } from './payout-addresses.js';

/** People: making accounts, finding them, what they say of themselves. */
@Injectable()
export class AccountsService {
  constructor(
    @InjectRepository(Account) private readonly accounts: Repository<Account>,
    private readonly addresses: PayoutAddresses,
    private readonly entropy: Entropy,
  ) {}

  /** A new account with e-mail and password. Errors: email_taken. */
  async register(
    request: { email: string; password: string; displayName: string },
    role: AccountRole = 'contributor',
  ) {
    const email = request.email.toLowerCase();
    if (await this.accounts.existsBy({ email })) throw new CroftError('email_taken');
    const passwordHash = await hashPassword(request.password, this.entropy.bytes(16));
    return this.add({ displayName: request.displayName, email, passwordHash, role }, 'email_taken');
  }

  /** The account of an e-mail and password. Errors: bad_credentials, the same for either being wrong. */
  async byPassword(email: string, password: string): Promise<Account> {
    const account = await this.accounts.findOneBy({ email: email.toLowerCase() });
    if (!(await passwordFits(password, account?.passwordHash ?? null)) || !account) {
      throw new CroftError('bad_credentials');
    }
    return account;
  }

  /** The account of a wallet whose signature was checked; a new one at its first sign-in. */
  async byWallet(walletAddress: string): Promise<Account> {
    const known = await this.accounts.findOneBy({ walletAddress });
    if (known) return known;
    const displayName = `${walletAddress.slice(0, 6)}…${walletAddress.slice(-4)}`;
    const account = await this.add({ displayName, walletAddress }, 'wallet_taken');
    // a wallet that signs in is where its owner expects to be paid until told otherwise
    await this.addresses.set(account.id, walletAddress);
    return account;
  }

  /** Adds a wallet, checked by its signature, to an account. Errors: wallet_taken. */
  async linkWallet(accountId: string, walletAddress: string): Promise<void> {
    const owner = await this.accounts.findOneBy({ walletAddress });
    if (owner && owner.id !== accountId) throw new CroftError('wallet_taken');
    await this.accounts.update(accountId, { walletAddress });
    if (!(await this.addresses.current(accountId))) await this.addresses.set(accountId, walletAddress);
  }

  find(id: string): Promise<Account | null> {
    return this.accounts.findOneBy({ id });
  }

  anyAdmin(): Promise<boolean> {
    return this.accounts.existsBy({ role: 'admin' });
  }

  /** Display names by account id. */
  async names(ids: string[]): Promise<Map<string, string>> {
    const rows = await this.accounts.find({
      where: { id: In(ids) },
      select: { id: true, displayName: true },
    });
    return new Map(rows.map((row) => [row.id, row.displayName]));
  }

  async updateProfile(id: string, change: ProfileRequest): Promise<void> {
    const { displayName, locale } = change;
    if (displayName === undefined && locale === undefined) return;
    await this.accounts.update(id, { ...(displayName && { displayName }), ...(locale && { locale }) });
  }

  async view(id: string): Promise<MeAnswer> {
    const account = await this.accounts.findOneByOrFail({ id });
    const { current, pending } = await this.addresses.both(id);
    const view = (row: { address: string; effectiveAt: Date } | null) =>
      row && { address: row.address, effectiveAt: row.effectiveAt.toISOString() };
    return {
      id,
      displayName: account.displayName,
      email: account.email,
      walletAddress: account.walletAddress,
      role: account.role,
      locale: account.locale,
      payoutAddress: view(current),
      pendingPayoutAddress: view(pending),
    };
  }

  private async add(values: Partial<Account>, taken: 'email_taken' | 'wallet_taken'): Promise<Account> {
    try {
      const [{ next }] = await this.accounts.query("SELECT nextval('accounts_chia_index') AS next");
      return await this.accounts.save(this.accounts.create({ ...values, chiaIndex: Number(next) }));
    } catch (error) {
      if ((error as { code?: string }).code === '23505') throw new CroftError(taken);
      throw error;
    }
  }
}
