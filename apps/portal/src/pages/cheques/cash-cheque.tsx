import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { CashError } from '#libs/claims';
import type { Cheque } from '../../api/models.js';
import { switchChain } from '../../claims/wallet-chain.js';
import { exactAmount } from '../../format/money.js';
import { formatNumber, shorten } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { failureText } from '../../ui/failure-text.js';
import type { Connected } from '../../wallet/connect-wallet.js';
import { type Due, useCashing } from './use-cashing.js';

/** Places of the coin that pays fees, on every EVM chain. */
const COIN_DECIMALS = 18;

/** Cashing one cheque with the connected wallet. */
export function CashCheque({ cheque, connected }: { cheque: Cheque; connected: Connected }) {
  const { t, tag } = useLanguage();
  const { state, look, cash } = useCashing(cheque, connected);
  const busy = state.at === 'checking' || state.at === 'sending' || state.at === 'mining';
  if (connected.account.toLowerCase() !== cheque.beneficiary.toLowerCase())
    return (
      <Text size="sm" c="dimmed">
        {t.cheques.otherAccount(shorten(cheque.beneficiary))}
      </Text>
    );
  return (
    <Stack gap="sm" aria-live="polite" data-testid="cashing" data-state={state.at}>
      {'due' in state && <WhatItPays cheque={cheque} due={state.due} />}
      <Group gap="sm">
        {'due' in state ? (
          <Button
            onClick={() => void cash(state.due)}
            // nothing at all would cost a fee, and mark the chequebook
            disabled={busy || state.due.payout === 0n}
            loading={state.at !== 'due'}
            color={state.due.payout < state.due.due ? 'grain' : undefined}
            data-testid="cheque-cash"
          >
            {state.due.payout < state.due.due ? t.cheques.cashAnyway : t.cheques.cash}
          </Button>
        ) : (
          state.at !== 'done' && (
            <Button
              variant="light"
              onClick={() => void look()}
              loading={state.at === 'checking'}
              data-testid="cheque-look"
            >
              {t.cheques.look}
            </Button>
          )
        )}
      </Group>
      {state.at === 'sending' && <Text size="sm">{t.claim.sending}</Text>}
      {state.at === 'mining' && <Text size="sm">{t.claim.mining}</Text>}
      {(state.at === 'mining' || state.at === 'done') && <Hex value={state.hash} what={t.payouts.txHash} />}
      {state.at === 'done' && (
        <Alert color={state.ok ? 'croft' : 'red'} title={state.ok ? t.cheques.done : t.claim.reverted}>
          {t.claim.doneBlock(formatNumber(state.blockNumber, tag))}
        </Alert>
      )}
      {state.at === 'failed' && <Failed error={state.error} connected={connected} again={look} />}
    </Stack>
  );
}

function WhatItPays({ cheque: { token }, due: { due, payout, fee } }: { cheque: Cheque; due: Due }) {
  const { t, tag } = useLanguage();
  const amount = (units: bigint) => `${exactAmount(units, token.decimals, tag)} ${token.symbol}`;
  return (
    <>
      <Facts
        items={[
          [t.cheques.pays, <b key="pays">{amount(payout)}</b>],
          [
            t.claim.fee,
            fee === null ? t.common.unknown : t.claim.feeCoin(exactAmount(fee, COIN_DECIMALS, tag)),
          ],
        ]}
      />
      {payout < due && (
        <Alert color="grain" role="status">
          {t.cheques.short(amount(payout), amount(due))}
        </Alert>
      )}
    </>
  );
}

function Failed({
  error,
  connected,
  again,
}: {
  error: unknown;
  connected: Connected;
  again: () => Promise<void>;
}) {
  const { t } = useLanguage();
  const code = error instanceof CashError ? error.code : null;
  const wanted = error instanceof CashError ? Number(error.details.wanted) : 0;
  return (
    <>
      <Alert color="grain" role="alert" data-testid="cheque-problem" data-code={code ?? 'wallet'}>
        <Text size="sm" className="anywhere">
          {code ? t.cheques.problems[code] : failureText(error, t)}
        </Text>
      </Alert>
      {code === 'wrong_chain' && (
        <div>
          <Button
            size="xs"
            variant="light"
            onClick={() =>
              void switchChain(connected.wallet.provider, wanted).then(again, () => {
                // the wallet has told the person why
              })
            }
          >
            {t.claim.switchChain} ({wanted})
          </Button>
        </div>
      )}
    </>
  );
}
