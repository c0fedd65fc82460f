import { concat, getBytes, hexlify, keccak256, toBeHex, Wallet, zeroPadValue } from 'ethers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildPayoutTree, buildPayoutTreeFromColumns } from './build-payout-tree.js';
import { SettlementError } from './errors.js';
import { type ClaimProof, MAX_INDEX, type PayoutEntry } from './payout-tree.js';

/** Another way to the same root, straight from the words of the specification, over ethers and without any levels. */
function rootBySpecification(entries: readonly PayoutEntry[]): string {
  const chunkCount = Math.floor(Math.max(...entries.map(({ index }) => index)) / 128) + 1;
  const zero = `0x${'00'.repeat(32)}`;
  const account = (i: number) => entries.find(({ index }) => index === i)?.account ?? `0x${'00'.repeat(20)}`;
  const amount = (i: number) =>
    zeroPadValue(toBeHex(entries.find(({ index }) => index === i)?.units ?? 0n), 6);
  const merkle = (from: number, size: number, leaf: (i: number) => string): string =>
    size === 1
      ? leaf(from)
      : keccak256(concat([merkle(from, size / 2, leaf), merkle(from + size / 2, size / 2, leaf)]));
  const chunkNode = (chunk: number): string => {
    const indices = Array.from({ length: 128 }, (_, i) => chunk * 128 + i);
    if (!entries.some(({ index }) => Math.floor(index / 128) === chunk)) return zero;
    return keccak256(
      concat([
        keccak256(concat(indices.map(account))),
        keccak256(concat(indices.map(amount))),
        merkle(chunk * 128, 128, (i) => keccak256(concat([account(i), amount(i)]))),
      ]),
    );
  };
  // a half without any chunk is zero as a whole
  const above = (from: number, size: number): string => {
    if (from >= chunkCount) return zero;
    if (size === 1) return chunkNode(from);
    return keccak256(concat([above(from, size / 2), above(from + size / 2, size / 2)]));
  };
  return above(0, 2 ** Math.ceil(Math.log2(chunkCount)));
}

/** Root a claim leads to, by position. */
function rootOfClaim({ index, account, units, addressesHash, amountsHash, proof }: ClaimProof): string {
  const climb = (node: string, siblings: readonly string[], position: number): string =>
    siblings.reduce(
      (hash, sibling, level) =>
        keccak256((position >> level) & 1 ? concat([sibling, hash]) : concat([hash, sibling])),
      node,
    );
  const leaf = keccak256(concat([account, zeroPadValue(toBeHex(units), 6)]));
  const node = keccak256(concat([addressesHash, amountsHash, climb(leaf, proof.slice(0, 7), index % 128)]));
  return climb(node, proof.slice(7), Math.floor(index / 128));
}

const account = (i: number): string => new Wallet(zeroPadValue(toBeHex(i + 1), 32)).address;
const accounts = Array.from({ length: 40 }, (_, i) => account(i));
const anyEntries = fc
  .uniqueArray(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 30 })
  .chain((indices) =>
    fc.tuple(
      ...indices.map((index) =>
        fc.record({
          index: fc.constant(index),
          account: fc.constantFrom(...accounts),
          units: fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }),
        }),
      ),
    ),
  );

/** The same payees as columns. */
function columnsOf(entries: readonly PayoutEntry[]) {
  const places = Math.max(...entries.map(({ index }) => index)) + 1;
  const columns = { addresses: new Uint8Array(places * 20), amounts: new Uint8Array(places * 6) };
  for (const { index, account, units } of entries) {
    columns.addresses.set(getBytes(account), index * 20);
    columns.amounts.set(getBytes(zeroPadValue(toBeHex(units), 6)), index * 6);
  }
  return columns;
}

test('columns give the same tree, and siblings are those of the claim proofs', () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      const tree = buildPayoutTree(entries);
      const fromColumns = buildPayoutTreeFromColumns(columnsOf(entries));
      expect([fromColumns.root, fromColumns.totalUnits]).toEqual([tree.root, tree.totalUnits]);
      for (const { index } of entries)
        expect(fromColumns.siblings(index).map((sibling) => hexlify(sibling))).toEqual(
          tree.claimProof(index).proof,
        );
    }),
    { numRuns: 30 },
  );
});

test('columns of another length, an amount without an address, and forbidden payees are refused', () => {
  const columns = columnsOf([{ index: 3, account: account(1), units: 5n }]);
  const refused = (code: string) => expect.objectContaining({ code });
  const { addresses, amounts } = columns;
  expect(() => buildPayoutTreeFromColumns({ addresses, amounts: amounts.slice(1) })).toThrow(
    refused('vector_invalid'),
  );
  expect(() => buildPayoutTreeFromColumns({ addresses: addresses.slice(20), amounts })).toThrow(
    refused('vector_invalid'),
  );
  expect(() => buildPayoutTreeFromColumns({ addresses: new Uint8Array(80), amounts })).toThrow(
    refused('payee_zero'),
  );
  const nobody = { addresses: new Uint8Array(0), amounts: new Uint8Array(0) };
  expect(() => buildPayoutTreeFromColumns(nobody)).toThrow(refused('no_entries'));
  expect(() => buildPayoutTreeFromColumns(columns, { token: account(1) })).toThrow(
    refused('payee_forbidden'),
  );
});

test('the root is that of an independent implementation, and every claim proof leads to it', () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      const tree = buildPayoutTree(entries);
      expect(tree.root).toBe(rootBySpecification(entries));
      expect(tree.totalUnits).toBe(entries.reduce((sum, { units }) => sum + units, 0n));
      for (const entry of entries) {
        const proof = tree.claimProof(entry.index);
        expect(proof).toMatchObject(entry);
        expect(rootOfClaim(proof)).toBe(tree.root);
      }
    }),
    { numRuns: 15 },
  );
});

test('the order of entries does not matter, and an address in any case is the same payee', () => {
  const entries = [0, 5, 300].map((index) => ({ index, account: account(index), units: BigInt(index) }));
  const lower = entries.map((entry) => ({ ...entry, account: entry.account.toLowerCase() })).reverse();
  expect(buildPayoutTree(lower).root).toBe(buildPayoutTree(entries).root);
});

test('a group proof leads from the folded nodes to the root', () => {
  const entries = [0, 128, 256, 384, 512].map((index) => ({ index, account: account(1), units: 7n }));
  const tree = buildPayoutTree(entries);
  const [a, b, c, d] = tree.chunks.map(({ node }) => node);
  const folded = keccak256(concat([keccak256(concat([a!, b!])), keccak256(concat([c!, d!]))]));
  const [sibling, ...rest] = tree.chunkProof(0, 4);
  expect(rest).toEqual([]);
  expect(keccak256(concat([folded, sibling!]))).toBe(tree.root);
  expect(() => tree.chunkProof(1, 2)).toThrow(expect.objectContaining({ code: 'group_invalid' }));
  expect(() => tree.chunkProof(0, 16)).toThrow(expect.objectContaining({ code: 'group_invalid' }));
});

const good = { index: 0, account: account(0), units: 1n };
const token = account(30);
const contract = account(31);
test.each<[string, PayoutEntry[]]>([
  ['no_entries', []],
  ['index_invalid', [{ ...good, index: -1 }]],
  ['index_invalid', [{ ...good, index: 0.5 }]],
  ['index_invalid', [{ ...good, index: MAX_INDEX + 1 }]],
  ['duplicate_index', [good, { ...good, account: account(1) }]],
  ['units_negative', [{ ...good, units: -1n }]],
  ['units_overflow', [{ ...good, units: 2n ** 48n }]],
  ['address_invalid', [{ ...good, account: '0x1234' }]],
  ['address_invalid', [{ ...good, account: '0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266' }]],
  ['payee_zero', [{ ...good, account: `0x${'00'.repeat(20)}` }]],
  ['payee_is_token', [{ ...good, account: token.toLowerCase() }]],
  ['payee_is_contract', [{ ...good, account: contract }]],
])('refuses %s', (code, entries) => {
  const build = () => buildPayoutTree(entries, { token, contract });
  expect(build).toThrow(SettlementError);
  expect(build).toThrow(expect.objectContaining({ code }));
});

test('an index without an entry has no proof', () => {
  const tree = buildPayoutTree([good]);
  expect(() => tree.claimProof(1)).toThrow(expect.objectContaining({ code: 'index_unknown' }));
  expect(() => tree.claimProof(4000)).toThrow(expect.objectContaining({ code: 'index_unknown' }));
  expect(getBytes(hexlify(tree.chunk(0).amounts)).length).toBe(768);
});
