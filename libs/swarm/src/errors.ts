/** Stable codes of input from which no Swarm value can be made. */
export type SwarmErrorCode =
  | 'payload-too-long'
  | 'span-out-of-range'
  | 'key-length-unsupported'
  | 'segment-index-out-of-range'
  | 'payload-count-wrong'
  | 'file-length-out-of-range'
  | 'file-finished'
  | 'address-invalid'
  | 'nonce-invalid'
  | 'network-id-out-of-range'
  | 'private-key-invalid'
  | 'identifier-invalid'
  | 'batch-invalid'
  | 'bucket-full'
  | 'timestamp-out-of-range'
  | 'anchor-invalid'
  | 'sample-too-small'
  | 'amount-out-of-range'
  | 'chain-id-out-of-range'
  | 'json-invalid'
  | 'replica-file-invalid'
  | 'replica-damaged';

export class SwarmError extends Error {
  override readonly name = 'SwarmError';

  constructor(
    readonly code: SwarmErrorCode,
    message: string,
  ) {
    super(message);
  }
}
