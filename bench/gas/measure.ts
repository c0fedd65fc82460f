import { randomFillSync } from 'node:crypto';
import { concat, dataLength, getBytes, HDNodeWallet, Interface, id, toBeHex } from 'ethers';
import { type Anvil, startAnvil } from '#libs/local-services';
import {
  type AmountVector,
  buildPayoutTree,
  buildPayoutTreeFromColumns,
  CHUNK,
  deployCampaign,
  deployContract,
  deployFactory,
  deployToken,
  encodeTokenApproval,
  encodeTokenTransfer,
  groupPush,
  JsonRpcChain,
  PayoutCampaignContract,
  type PayoutEntry,
  type PayoutTree,
  requiredTotalUnits,
  sendAndWait,
  testContracts,
  walletSigner,
} from '#libs/settlement';

const { DisperseLoop, LeanAirdrop, SoladyToken } = testContracts;

/** Payees in one transaction. */
export const PAYEES = 512;
/** Hardfork whose gas schedule is measured. */
export const HARDFORK = 'osaka';
const GROUP = PAYEES / CHUNK;
const UNIT = 10n ** 12n;
const SUPPLY = 10n ** 30n;
const GAS_LIMIT = 16_777_216n;
const MNEMONIC = 'test test test test test test test test test test test junk';

type Four<T> = [T, T, T, T];

export type TokenKind = 'openzeppelin' | 'solady';

/** Gas a payee that is to be reached: [first payment, repeat]. */
export const goals: Record<TokenKind, Partial<Record<'flat' | 'book', readonly [number, number]>>> = {
  openzeppelin: { book: [25_750, 8_600], flat: [25_890, 8_790] },
  solady: { book: [25_400, 8_250] },
};

/** Gas of a whole transaction and the bytes of its calldata, by payment: the payee's first, and a later one. */
export interface Measured {
  first: { gas: number; calldata: number };
  repeat: { gas: number; calldata: number };
}

/** A payee's address: spread like real ones, so that calldata has the usual share of zero bytes. */
const account = (method: string, index: number): string => `0x${id(`${method}:${index}`).slice(26)}`;

/** Cumulative units after payment `round`: one to a few thousand tokens of 10^18, in units of 10^12. */
const unitsOf = (index: number, round: number): bigint => {
  let units = 0n;
  for (let i = 0; i < round; i++) units += 1_000_000n + (BigInt(id(`${index}:${i}`)) % 4_000_000_000n);
  return units;
};

/** A chain with a token, on which each method is measured with payees of its own. */
export class GasBench {
  private constructor(
    private readonly anvil: Anvil,
    private readonly chain: JsonRpcChain,
    private readonly wallets: HDNodeWallet[],
    private readonly token: string,
  ) {}

  static async start(kind: TokenKind): Promise<GasBench> {
    const anvil = await startAnvil({ mnemonic: MNEMONIC, hardfork: HARDFORK });
    const chain = new JsonRpcChain({ url: anvil.url, chainId: anvil.chainId });
    const wallets = [0, 1, 2, 3].map((i) => HDNodeWallet.fromPhrase(MNEMONIC, '', `m/44'/60'/0'/0/${i}`));
    const admin = { chain, signer: walletSigner(wallets[0]!) };
    const holder = wallets[0]!.address;
    const { address } =
      kind === 'solady'
        ? await deployContract(admin, SoladyToken, [SUPPLY, holder])
        : await deployToken(admin, { name: 'Plain', symbol: 'PLN', supply: SUPPLY, holder });
    return new GasBench(anvil, chain, wallets, address);
  }

  stop(): Promise<void> {
    return this.anvil.stop();
  }

  /**
   * The payout campaign. The group measured lies at `firstChunk` of a tree as deep as one over `leaves` payees; only
   * with `full` are all the others in it too.
   */
  async push(mode: 'flat' | 'book', leaves: number, full = false): Promise<Measured> {
    const [admin, proposer, approver, guardian] = this.wallets as Four<HDNodeWallet>;
    const factory = await deployFactory(this.sender(admin));
    const { address } = await deployCampaign(
      this.sender(admin),
      factory.address,
      {
        token: this.token,
        unitSize: UNIT,
        activationDelaySeconds: 0,
        claimDelaySeconds: 0,
        epochLimit: 2n ** 80n,
        admin: admin.address,
        proposer: proposer.address,
        approver: approver.address,
        guardian: guardian.address,
      },
      id(`${mode}:${leaves}`),
    );
    await sendAndWait(this.sender(admin), encodeTokenTransfer(this.token, address, SUPPLY / 8n));
    const campaign = new PayoutCampaignContract(this.chain, address);
    const paid = new Map<number, AmountVector>();
    const firstChunk = Math.floor(leaves / CHUNK / 2 / GROUP) * GROUP;
    const gas: Measured['first'][] = [];
    const books: string[] = [];
    for (const round of [1, 2]) {
      const tree = treeOf(mode, leaves, firstChunk, round, full);
      const { root: prevRoot, epoch } = await campaign.state();
      const proposal = {
        epoch: epoch + 1,
        prevRoot,
        root: tree.root,
        totalUnits: requiredTotalUnits(tree, paid),
        dataHash: id('bundle'),
      };
      await sendAndWait(this.sender(proposer), campaign.calls.propose(proposal));
      await sendAndWait(this.sender(approver), campaign.calls.approve(proposal));
      await sendAndWait(this.sender(proposer), campaign.calls.activate(tree.root));
      if (mode === 'book' && round === 1) books.push(...(await this.writeBooks(campaign, tree, firstChunk)));
      const group = groupPush(tree, firstChunk, GROUP, (chunk) => paid.get(chunk) ?? null);
      const call =
        mode === 'book' ? campaign.calls.pushGroupBook(group, books) : campaign.calls.pushGroup(group);
      gas.push(await this.measure(proposer, call));
      for (let i = 0; i < GROUP; i++) paid.set(firstChunk + i, tree.chunk(firstChunk + i).amounts);
    }
    return { first: gas[0]!, repeat: gas[1]! };
  }

  /** One transaction a payee: the mean of 16. */
  async singleTransfers(): Promise<Measured> {
    const rounds: Measured['first'][] = [];
    for (const round of [1, 2]) {
      let gas = 0;
      let calldata = 0;
      for (let i = 0; i < 16; i++) {
        const call = encodeTokenTransfer(this.token, account('single', i), unitsOf(i, round) * UNIT);
        const one = await this.measure(this.wallets[0]!, call);
        gas += one.gas / 16;
        calldata += one.calldata / 16;
      }
      rounds.push({ gas: gas * PAYEES, calldata: calldata * PAYEES });
    }
    return { first: rounds[0]!, repeat: rounds[1]! };
  }

  /** contracts/test/PlainSenders.sol, DisperseLoop. */
  async disperse(): Promise<Measured> {
    const admin = this.sender(this.wallets[0]!);
    const { address } = await deployContract(admin, DisperseLoop);
    await sendAndWait(admin, encodeTokenApproval(this.token, address, SUPPLY));
    const shape = new Interface(DisperseLoop.abi);
    return this.twoRounds((round) => ({
      to: address,
      data: shape.encodeFunctionData('disperse', [
        this.token,
        places.map((i) => account('disperse', i)),
        places.map((i) => unitsOf(i, round) * UNIT),
      ]),
    }));
  }

  /** contracts/test/PlainSenders.sol, LeanAirdrop. */
  async leanAirdrop(): Promise<Measured> {
    const admin = this.sender(this.wallets[0]!);
    const { address } = await deployContract(admin, LeanAirdrop, [this.token, UNIT]);
    await sendAndWait(admin, encodeTokenTransfer(this.token, address, SUPPLY / 8n));
    const shape = new Interface(LeanAirdrop.abi);
    return this.twoRounds((round) => ({
      to: address,
      data: shape.encodeFunctionData('drop', [
        concat(places.map((i) => concat([account('lean', i), toBeHex(unitsOf(i, round), 6)]))),
      ]),
    }));
  }

  private async twoRounds(call: (round: number) => { to: string; data: string }): Promise<Measured> {
    const wallet = this.wallets[0]!;
    return { first: await this.measure(wallet, call(1)), repeat: await this.measure(wallet, call(2)) };
  }

  private async measure(
    wallet: HDNodeWallet,
    call: { to: string; data: string },
  ): Promise<Measured['first']> {
    const { gasUsed } = await sendAndWait(
      this.sender(wallet),
      { ...call, gasLimit: GAS_LIMIT },
      { pollMs: 5 },
    );
    return { gas: Number(gasUsed), calldata: dataLength(call.data) };
  }

  private async writeBooks(
    campaign: PayoutCampaignContract,
    tree: PayoutTree,
    firstChunk: number,
  ): Promise<string[]> {
    const books: string[] = [];
    for (let i = 0; i < GROUP; i++) {
      const call = campaign.calls.writeBook(tree.chunk(firstChunk + i).addresses);
      const { logs } = await sendAndWait(this.sender(this.wallets[1]!), call);
      books.push(`0x${logs[0]!.data.slice(-40)}`);
    }
    return books;
  }

  private sender(wallet: HDNodeWallet) {
    return { chain: this.chain, signer: walletSigner(wallet) };
  }
}

const places = Array.from({ length: PAYEES }, (_, i) => i);

/** The measured group's payees in a tree over so many: the others are there in full, or only the last one. */
function treeOf(mode: string, leaves: number, firstChunk: number, round: number, full: boolean): PayoutTree {
  const group = places.map((i) => firstChunk * CHUNK + i);
  if (!full) {
    const entry = (index: number): PayoutEntry => ({
      index,
      account: account(mode, index),
      units: unitsOf(index, round),
    });
    return buildPayoutTree([...group, leaves - 1].map(entry));
  }
  const addresses = randomFillSync(new Uint8Array(leaves * 20));
  const amounts = randomFillSync(new Uint8Array(leaves * 6));
  for (let at = 0; at < amounts.length; at += 6) amounts.fill(0, at, at + 2);
  for (const index of group) {
    addresses.set(getBytes(account(mode, index)), index * 20);
    amounts.set(getBytes(toBeHex(unitsOf(index, round), 6)), index * 6);
  }
  return buildPayoutTreeFromColumns({ addresses, amounts });
}
