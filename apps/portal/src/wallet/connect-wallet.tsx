import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { shorten } from '../format/quantities.js';
import { useLanguage } from '../i18n/index.js';
import { failureText } from '../ui/failure-text.js';
import { walletAccount } from './ask-wallet.js';
import { type InjectedWallet, useInjectedWallets } from './injected-wallets.js';

export interface Connected {
  wallet: InjectedWallet;
  account: string;
}

/** The wallets of this browser, and the account that the chosen one shows. */
export function ConnectWallet({
  connected,
  connect,
  none,
}: {
  connected: Connected | null;
  connect: (connected: Connected) => void;
  /** What to do without a wallet. */
  none: string;
}) {
  const { t } = useLanguage();
  const wallets = useInjectedWallets();
  const [failure, setFailure] = useState<unknown>(null);
  const ask = async (wallet: InjectedWallet) => {
    setFailure(null);
    try {
      connect({ wallet, account: await walletAccount(wallet.provider) });
    } catch (error) {
      setFailure(error);
    }
  };
  if (wallets.length === 0) return <Text c="dimmed">{none}</Text>;
  return (
    <>
      <Group gap="xs">
        {wallets.map((wallet) => (
          <Button
            key={wallet.info.uuid}
            variant={connected?.wallet === wallet ? 'light' : 'default'}
            onClick={() => void ask(wallet)}
            data-testid="claim-connect"
          >
            {t.claim.connect(wallet.info.name)}
          </Button>
        ))}
      </Group>
      {connected && (
        <Text size="sm" mt="xs" data-testid="claim-account" title={connected.account}>
          {t.claim.account} <span className="hex">{shorten(connected.account)}</span>
        </Text>
      )}
      {failure !== null && (
        <Text size="sm" c="red" mt="xs" role="alert">
          {failureText(failure, t)}
        </Text>
      )}
    </>
  );
}
