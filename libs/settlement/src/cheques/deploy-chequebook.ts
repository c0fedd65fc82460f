import { AbiCoder, ZeroHash } from 'ethers';
import { chequebookFactoryInterface } from '../contract-interfaces.js';
import { type Deployed, deployContract, type Sender, sendAndWait } from '../deploy.js';
import { ChequebookFactory } from '../generated/artifacts.js';

/** Deploys a factory of chequebooks that pay `token`. @throws as `deployContract` */
export function deployChequebookFactory(sender: Sender, token: string): Promise<Deployed> {
  return deployContract(sender, ChequebookFactory, [token]);
}

/**
 * Makes a chequebook for `issuer`; with the same sender and salt only once.
 * @param timeoutSeconds between announcing the decrease of a hard deposit and making it; default a day
 * @param salt 32 bytes as 0x hex; default zero
 * @throws ChainError, SettlementError `transaction_reverted`
 */
export async function deployChequebook(
  sender: Sender,
  factory: string,
  issuer: string,
  { timeoutSeconds = 86_400, salt = ZeroHash } = {},
): Promise<Deployed> {
  const predicted = await sender.chain.call({
    to: factory,
    data: chequebookFactoryInterface.encodeFunctionData('predict', [sender.signer.address, salt]),
  });
  const address: string = AbiCoder.defaultAbiCoder().decode(['address'], predicted)[0];
  const data = chequebookFactoryInterface.encodeFunctionData('deploySimpleSwap', [
    issuer,
    timeoutSeconds,
    salt,
  ]);
  return { address, receipt: await sendAndWait(sender, { to: factory, data }) };
}
