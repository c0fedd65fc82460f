import { Bee } from '#libs/bee';
import { type BeeRegistration, beeLinkText } from '#libs/protocol';
import { ClientError } from '../client-error.js';
import { walletIn } from '../commands/claim-key.js';
import type { BeeLink, PairedNode } from '../state/node-state.js';
import { loopbackUrl } from './loopback.js';

/** Where a Bee node is, and the key that owns its stake. */
export interface BeeLinkOptions {
  /** Its API, on loopback. */
  bee: string;
  /** Bee's own `keys/swarm.key`, or any keystore or hex file of that key; read once, never kept. */
  beeKeyFile: string;
  beePasswordFile?: string;
  /** 32 bytes hex from which the overlay follows. */
  overlayNonce?: string;
}

/**
 * Asks the Bee node who it is and has its owner's key say that this node speaks for it. Errors: bee_not_loopback,
 * key_unreadable, options_invalid, bee_key_differs, those of `Bee`.
 */
export async function linkBee(node: PairedNode, options: BeeLinkOptions, now = Date.now()): Promise<BeeLink> {
  const url = loopbackUrl(options.bee);
  const overlayNonce = options.overlayNonce?.replace(/^0x/, '').toLowerCase() ?? null;
  if (overlayNonce !== null && !/^[0-9a-f]{64}$/.test(overlayNonce))
    throw new ClientError('options_invalid', '--overlay-nonce');
  const wallet = await walletIn(options.beeKeyFile, options.beePasswordFile);
  const owner = wallet.address.toLowerCase();
  const { overlay, chain_address: address } = await new Bee(url).addresses();
  if (address.toLowerCase() !== owner) throw new ClientError('bee_key_differs', address);
  const { nodeId, centerPublicKey } = node.paired;
  const issuedAt = now;
  const text = beeLinkText({ centerPublicKey, nodeId, overlay, issuedAt });
  const signature = (await wallet.signMessage(text)).slice(2);
  const registration: BeeRegistration = { overlay, owner, overlayNonce, issuedAt, signature };
  return { url, registration };
}
