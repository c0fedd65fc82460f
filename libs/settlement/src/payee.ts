import { getAddress, ZeroAddress } from 'ethers';
import { SettlementError } from './errors.js';

/** Addresses that may never be paid in a campaign, beside the zero address. */
export interface ForbiddenPayees {
  /** The token itself: most tokens sent there are lost. */
  token?: string;
  /** The payout contract: a payment to itself would count as paid and move nothing. */
  contract?: string;
}

/**
 * An EVM address in EIP-55 form.
 * @throws SettlementError `address_invalid` when it is not 0x and 40 hex digits, or mixed case with a wrong checksum
 */
export function checkAddress(address: string): string {
  if (!/^0x[0-9a-fA-F]{40}$/.test(address))
    throw new SettlementError('address_invalid', 'not an EVM address', { address: address.slice(0, 64) });
  try {
    return getAddress(address);
  } catch (cause) {
    throw new SettlementError('address_invalid', 'the checksum is wrong', { address }, { cause });
  }
}

/**
 * A payee's address in EIP-55 form.
 * @throws SettlementError `address_invalid`, `payee_zero`, `payee_is_token`, `payee_is_contract`
 */
export function checkPayee(account: string, forbidden: ForbiddenPayees = {}): string {
  const payee = checkAddress(account);
  if (payee === ZeroAddress) throw new SettlementError('payee_zero', 'the zero address cannot be paid');
  if (forbidden.token && payee === checkAddress(forbidden.token))
    throw new SettlementError('payee_is_token', 'the token contract cannot be paid', { account: payee });
  if (forbidden.contract && payee === checkAddress(forbidden.contract))
    throw new SettlementError('payee_is_contract', 'the payout contract cannot be paid', { account: payee });
  return payee;
}
