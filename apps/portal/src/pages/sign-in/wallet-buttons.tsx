import { Button, Stack, Text } from '@mantine/core';
import type { Me } from '../../api/models.js';
import { useAction } from '../../api/queries.js';
import { useLanguage } from '../../i18n/index.js';
import { type InjectedWallet, useInjectedWallets } from '../../wallet/injected-wallets.js';
import { signWithWallet } from '../../wallet/wallet-sign-in.js';

/** One button a wallet of this browser; signs an EIP-4361 text and hands it to `send`. */
export function WalletButtons({
  label,
  statement,
  send,
  done,
}: {
  label: (wallet: string) => string;
  statement: string;
  send: (signed: { message: string; signature: string }) => Promise<Me>;
  done: (me: Me) => void;
}) {
  const { t } = useLanguage();
  const wallets = useInjectedWallets();
  const sign = useAction(
    async (wallet: InjectedWallet) => send(await signWithWallet(wallet.provider, statement)),
    {
      done,
    },
  );
  if (wallets.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t.signIn.walletNone}
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      {wallets.map((wallet) => (
        <Button
          key={wallet.info.uuid}
          variant="default"
          fullWidth
          disabled={sign.isPending}
          loading={sign.isPending && sign.variables.info.uuid === wallet.info.uuid}
          leftSection={
            wallet.info.icon?.startsWith('data:image/') && (
              <img src={wallet.info.icon} alt="" width={20} height={20} />
            )
          }
          onClick={() => sign.mutate(wallet)}
          data-testid="wallet-sign-in"
        >
          {label(wallet.info.name)}
        </Button>
      ))}
    </Stack>
  );
}
