import { keccak_256 } from '@noble/hashes/sha3.js';
import { bigEndian, concatBytes } from './bytes.js';
import { SwarmError } from './errors.js';
import { isSignedBy, OWNER_BYTES, recoverSigner, signDigest } from './signature.js';

/** A promise out of a chequebook: everything the beneficiary may ever have taken from it, not an amount on top. */
export interface Cheque {
  /** The contract, 20 bytes. */
  chequebook: Uint8Array;
  /** 20 bytes. */
  beneficiary: Uint8Array;
  /** Base units (PLUR, 16 decimals). */
  cumulativePayout: bigint;
}

/** A beneficiary's leave for somebody else to cash a cheque for a fee. */
export interface Cashout {
  chequebook: Uint8Array;
  /** Who sends the transaction, 20 bytes. */
  sender: Uint8Array;
  /** The cheque's cumulative payout. */
  requestPayout: bigint;
  /** Who receives the tokens, 20 bytes. */
  recipient: Uint8Array;
  /** What the sender keeps of it. */
  callerPayout: bigint;
}

const text = (value: string): Uint8Array => keccak_256(new TextEncoder().encode(value));
// No verifyingContract: the chequebook is part of the message. bee pkg/settlement/swap/chequebook/cheque.go.
const DOMAIN_TYPE = text('EIP712Domain(string name,string version,uint256 chainId)');
const CHEQUE_TYPE = text('Cheque(address chequebook,address beneficiary,uint256 cumulativePayout)');
const CASHOUT_TYPE = text(
  'Cashout(address chequebook,address sender,uint256 requestPayout,address recipient,uint256 callerPayout)',
);
const NAME = text('Chequebook');
const VERSION = text('1.0');

/** EIP-712 domain separator of all chequebooks of a chain. @throws SwarmError `chain-id-out-of-range` */
export function chequeDomain(chainId: bigint): Uint8Array {
  if (!isUint256(chainId)) throw new SwarmError('chain-id-out-of-range', 'a chain id is a uint256');
  return keccak_256(concatBytes(DOMAIN_TYPE, NAME, VERSION, bigEndian(chainId, 32)));
}

/** EIP-712 struct hash of a cheque. @throws SwarmError `address-invalid`, `amount-out-of-range` */
export function chequeHash({ chequebook, beneficiary, cumulativePayout }: Cheque): Uint8Array {
  return keccak_256(
    concatBytes(CHEQUE_TYPE, addressWord(chequebook), addressWord(beneficiary), amountWord(cumulativePayout)),
  );
}

/** What an issuer signs. @throws as `chequeDomain`, `chequeHash` */
export function chequeDigest(cheque: Cheque, chainId: bigint): Uint8Array {
  return typedDigest(chainId, chequeHash(cheque));
}

/** What a beneficiary signs. @throws as `chequeDomain`, `chequeHash` */
export function cashoutDigest(cashout: Cashout, chainId: bigint): Uint8Array {
  const { chequebook, sender, requestPayout, recipient, callerPayout } = cashout;
  const words = [
    addressWord(chequebook),
    addressWord(sender),
    amountWord(requestPayout),
    addressWord(recipient),
    amountWord(callerPayout),
  ];
  return typedDigest(chainId, keccak_256(concatBytes(CASHOUT_TYPE, ...words)));
}

/** 65 bytes, r | s | v. @throws as `chequeDigest`, `private-key-invalid` */
export function signCheque(cheque: Cheque, chainId: bigint, issuerKey: Uint8Array): Uint8Array {
  return signDigest(chequeDigest(cheque, chainId), issuerKey);
}

/** 65 bytes, r | s | v. @throws as `cashoutDigest`, `private-key-invalid` */
export function signCashout(cashout: Cashout, chainId: bigint, beneficiaryKey: Uint8Array): Uint8Array {
  return signDigest(cashoutDigest(cashout, chainId), beneficiaryKey);
}

/** 20 bytes of whoever signed the cheque, or null: nobody. @throws as `chequeDigest` */
export function chequeSigner(cheque: Cheque, chainId: bigint, signature: Uint8Array): Uint8Array | null {
  return recoverSigner(chequeDigest(cheque, chainId), signature);
}

/** Whether the chequebook's issuer signed the cheque. @throws as `chequeDigest` */
export function isChequeOf(
  issuer: Uint8Array,
  cheque: Cheque,
  chainId: bigint,
  signature: Uint8Array,
): boolean {
  return isSignedBy(chequeDigest(cheque, chainId), signature, issuer);
}

function typedDigest(chainId: bigint, structHash: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(Uint8Array.of(0x19, 0x01), chequeDomain(chainId), structHash));
}

function addressWord(address: Uint8Array): Uint8Array {
  if (address.length !== OWNER_BYTES) throw new SwarmError('address-invalid', 'an address has 20 bytes');
  return concatBytes(new Uint8Array(12), address);
}

function amountWord(amount: bigint): Uint8Array {
  if (!isUint256(amount)) throw new SwarmError('amount-out-of-range', 'an amount is a uint256');
  return bigEndian(amount, 32);
}

const isUint256 = (value: bigint): boolean => value >= 0n && value < 1n << 256n;
