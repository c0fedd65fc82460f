/** Stable codes of input from which no Swarm value can be made. */
export type SwarmErrorCode =
  | 'payload-too-long'
  | 'span-out-of-range'
  | 'segment-index-out-of-range'
  | 'address-invalid'
  | 'nonce-invalid'
  | 'network-id-out-of-range';

export class SwarmError extends Error {
  override readonly name = 'SwarmError';

  constructor(
    readonly code: SwarmErrorCode,
    message: string,
  ) {
    super(message);
  }
}
