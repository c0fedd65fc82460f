import { getAddress, getBytes, hexlify } from 'ethers';
import { addressOfKey, isChequeOf, signCheque } from '#libs/swarm';
import { ChequeError } from './errors.js';

/** A cheque as it is handed out: all that is needed to cash it, and to see beforehand whether it is good. */
export interface SignedCheque {
  readonly chainId: number;
  /** Addresses are EIP-55. */
  readonly chequebook: string;
  readonly token: string;
  readonly issuer: string;
  readonly beneficiary: string;
  /** Base units that the beneficiary may have taken in all. */
  readonly cumulativePayout: bigint;
  /** 65 bytes, r | s | v, 0x hex. */
  readonly signature: string;
}

/** What an issuer fills in. */
export type ChequeTerms = Omit<SignedCheque, 'issuer' | 'signature'>;

/** A file with a cheque is about 500 bytes. */
export const MAX_CHEQUE_TEXT = 4096;
const FORMAT = 'croft-cheque/1';
const UINT256 = 1n << 256n;

/**
 * Signs a cheque. It is final: there is no way to take it back, so sign only what nothing can change any more.
 * @param key the issuer's, 32 bytes
 * @throws ChequeError `cheque_malformed`, SwarmError `private-key-invalid`
 */
export function issueCheque(terms: ChequeTerms, key: Uint8Array): SignedCheque {
  const cheque = checkedCheque({
    ...terms,
    issuer: hexlify(addressOfKey(key)),
    signature: `0x${'00'.repeat(65)}`,
  });
  return { ...cheque, signature: hexlify(signCheque(messageOf(cheque), BigInt(cheque.chainId), key)) };
}

/** Whether the issuer it names signed it. */
export function isSignedByIssuer(cheque: SignedCheque): boolean {
  const { issuer, chainId, signature } = cheque;
  return isChequeOf(getBytes(issuer), messageOf(cheque), BigInt(chainId), getBytes(signature));
}

/** The cheque as a JSON text for a file. */
export function renderCheque(cheque: SignedCheque): string {
  return `${JSON.stringify({ format: FORMAT, ...cheque, cumulativePayout: `${cheque.cumulativePayout}` }, null, 2)}\n`;
}

/**
 * Reads such a text and checks the signature.
 * @throws ChequeError `cheque_malformed`, `cheque_not_signed`
 */
export function parseCheque(text: string): SignedCheque {
  if (text.length > MAX_CHEQUE_TEXT) throw malformed('the text is too long for a cheque');
  let fields: Record<string, unknown>;
  try {
    fields = Object(JSON.parse(text)) as Record<string, unknown>;
  } catch (cause) {
    throw malformed('the text is no JSON', cause);
  }
  if (fields.format !== FORMAT) throw malformed(`the format is not ${FORMAT}`);
  const { chainId, cumulativePayout } = fields;
  if (typeof chainId !== 'number') throw malformed('chainId is no number');
  if (typeof cumulativePayout !== 'string' || !/^\d{1,78}$/.test(cumulativePayout))
    throw malformed('cumulativePayout is no decimal amount');
  const word = (name: string): string => {
    const value = fields[name];
    if (typeof value !== 'string') throw malformed(`${name} is missing`);
    return value;
  };
  const cheque = checkedCheque({
    chainId,
    chequebook: word('chequebook'),
    token: word('token'),
    issuer: word('issuer'),
    beneficiary: word('beneficiary'),
    cumulativePayout: BigInt(cumulativePayout),
    signature: word('signature'),
  });
  if (!isSignedByIssuer(cheque))
    throw new ChequeError('cheque_not_signed', `${cheque.issuer} did not sign this cheque`);
  return cheque;
}

/** The same with its addresses in EIP-55 form; whether it is signed is another question. @throws ChequeError `cheque_malformed` */
export function checkedCheque(cheque: SignedCheque): SignedCheque {
  const { chainId, cumulativePayout, signature } = cheque;
  if (!Number.isSafeInteger(chainId) || chainId < 1) throw malformed('chainId is no chain id');
  if (cumulativePayout < 0n || cumulativePayout >= UINT256) throw malformed('cumulativePayout is no uint256');
  if (!/^0x[0-9a-fA-F]{130}$/.test(signature)) throw malformed('signature is not 65 bytes of hex');
  return {
    chainId,
    chequebook: addressOf('chequebook', cheque.chequebook),
    token: addressOf('token', cheque.token),
    issuer: addressOf('issuer', cheque.issuer),
    beneficiary: addressOf('beneficiary', cheque.beneficiary),
    cumulativePayout,
    signature: signature.toLowerCase(),
  };
}

function addressOf(name: string, text: string): string {
  try {
    if (/^0x/.test(text)) return getAddress(text);
  } catch (cause) {
    throw malformed(`${name} is no address`, cause);
  }
  throw malformed(`${name} is no address`);
}

const messageOf = ({ chequebook, beneficiary, cumulativePayout }: SignedCheque) => ({
  chequebook: getBytes(chequebook),
  beneficiary: getBytes(beneficiary),
  cumulativePayout,
});

const malformed = (message: string, cause?: unknown): ChequeError =>
  new ChequeError('cheque_malformed', message, {}, cause === undefined ? undefined : { cause });
