/** What a wallet is asked to sign. */
export interface SignInMessage {
  /** Host of the page, with its port. */
  domain: string;
  /** EIP-55. */
  address: string;
  /** One line of words for the person. */
  statement: string;
  /** Origin of the page. */
  uri: string;
  chainId: number;
  nonce: string;
  issuedAt: Date;
}

/** The text of EIP-4361 (Sign-In with Ethereum), version 1. */
export function signInMessage(message: SignInMessage): string {
  return [
    `${message.domain} wants you to sign in with your Ethereum account:`,
    message.address,
    '',
    message.statement,
    '',
    `URI: ${message.uri}`,
    'Version: 1',
    `Chain ID: ${message.chainId}`,
    `Nonce: ${message.nonce}`,
    `Issued At: ${message.issuedAt.toISOString()}`,
  ].join('\n');
}
