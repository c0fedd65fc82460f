import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.js';
import type { PayoutWish } from '../../api/models.js';
import { keys, useAction, usePayoutWishes } from '../../api/queries.js';
import { parseAmount, plainAmount, shortAmount } from '../../format/money.js';
import { formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { QueryView } from '../../ui/query-view.js';
import { showToast } from '../../ui/toasts.js';

const COIN_DECIMALS = 18;
const GWEI_DECIMALS = 9;

/** From what amount on, and at what fee, to be paid; with the fee to be expected now. */
export function PayoutWishes() {
  const { t } = useLanguage();
  const wishes = usePayoutWishes();
  return (
    <section className="card" aria-label={t.pay.wishes}>
      <Title order={2} size="h4" mb="xs">
        {t.pay.wishes}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t.pay.wishesText}
      </Text>
      <QueryView query={wishes}>
        {({ items, prices }) => (
          <Stack gap="lg">
            {items.map((wish) => (
              <WishForm key={wish.campaignId} wish={wish} prices={prices} />
            ))}
          </Stack>
        )}
      </QueryView>
    </section>
  );
}

/** 1/10000 of what a person typed in percent; null for nothing typed, undefined for what is no share. */
function readPercent(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const bps = parseAmount(text, 2);
  return bps !== null && bps >= 1n && bps <= 10_000n ? Number(bps) : undefined;
}

function WishForm({ wish, prices }: { wish: PayoutWish; prices: boolean }) {
  const { t } = useLanguage();
  const { token, campaignId } = wish;
  const [minimumText, setMinimum] = useState(plainAmount(wish.minimum, token.decimals));
  const [feeText, setFee] = useState(wish.maxFeeBps === null ? '' : plainAmount(String(wish.maxFeeBps), 2));
  const save = useAction(api.setPayoutWish, {
    touches: [keys.payoutWishes, keys.payouts],
    done: () => showToast({ kind: 'done', text: t.common.saved }),
  });
  const read = parseAmount(minimumText, token.decimals);
  const minimum = read !== null && read <= BigInt(wish.mostMinimum) ? read : null;
  const maxFeeBps = readPercent(feeText);
  const same = minimum === BigInt(wish.minimum) && maxFeeBps === wish.maxFeeBps;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (minimum !== null && maxFeeBps !== undefined)
      save.mutate({ campaignId, minimum: minimum.toString(), maxFeeBps });
  };
  return (
    <form onSubmit={submit} data-testid="payout-wish">
      <Text fw={600} mb="xs">
        {wish.campaignName}
      </Text>
      <Facts
        items={[
          [t.pay.due, <Money key="due" units={wish.due} token={token} />],
          [t.pay.fee, <Fee key="fee" wish={wish} />],
        ]}
      />
      <Group align="flex-start" gap="sm" mt="sm">
        <TextInput
          label={t.pay.minimum}
          description={t.pay.minimumHint(token.symbol)}
          inputMode="decimal"
          value={minimumText}
          onChange={(event) => setMinimum(event.currentTarget.value)}
          error={minimum === null && t.pay.minimumWrong}
          data-testid="wish-minimum"
        />
        <TextInput
          label={t.pay.maxFee}
          description={t.pay.maxFeeHint}
          inputMode="decimal"
          rightSection="%"
          value={feeText}
          onChange={(event) => setFee(event.currentTarget.value)}
          error={maxFeeBps === undefined && t.pay.maxFeeWrong}
          data-testid="wish-max-fee"
        />
      </Group>
      {!prices && feeText.trim() !== '' && (
        <Text size="sm" c="dimmed" mt={4}>
          {t.pay.maxFeeNoPrices}
        </Text>
      )}
      <Button
        type="submit"
        mt="sm"
        loading={save.isPending}
        disabled={minimum === null || maxFeeBps === undefined || same}
        data-testid="wish-save"
      >
        {t.common.save}
      </Button>
    </form>
  );
}

function Fee({ wish: { fee, chainName } }: { wish: PayoutWish }) {
  const { t, tag } = useLanguage();
  if (!fee) return t.pay.feeUnknown;
  const share =
    fee.shareBps === null
      ? t.pay.feeShareUnknown
      : t.pay.feeShare(
          new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }).format(
            fee.shareBps / 10_000,
          ),
        );
  return (
    <span data-testid="expected-fee">
      {t.pay.feeOf(shortAmount(fee.wei, COIN_DECIMALS, tag), chainName)}; {share}
      <Text size="xs" c="dimmed">
        {t.pay.feeHow(formatNumber(Number(fee.gas), tag), shortAmount(fee.weiPerGas, GWEI_DECIMALS, tag))},{' '}
        {fee.measured ? t.pay.feeMeasured : t.pay.feeAssumed}, <Ago at={fee.readAt} />
      </Text>
    </span>
  );
}
