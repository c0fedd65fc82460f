import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import type { Rates } from '../../api/models.js';
import { parseAmount, plainAmount } from '../../format/money.js';
import { useLanguage } from '../../i18n/index.js';

/** Rates as they are typed: amounts in whole tokens, parts in percent. */
export interface RatesDraft {
  perPlot: { key: number; k: number; amount: string }[];
  immediatePercent: number;
  perHour: string;
  referralPercent: number;
  beePerDay: string;
}

export type RatesInput = Pick<
  Rates,
  | 'plottingPerPlot'
  | 'immediateBps'
  | 'storagePerPlotEquivalentHour'
  | 'referralBps'
  | 'beePerNeighbourhoodDay'
>;

export function draftOf(rates: RatesInput, decimals: number): RatesDraft {
  return {
    perPlot: Object.entries(rates.plottingPerPlot).map(([k, units]) => ({
      key: Number(k),
      k: Number(k),
      amount: plainAmount(units, decimals),
    })),
    immediatePercent: rates.immediateBps / 100,
    perHour: plainAmount(rates.storagePerPlotEquivalentHour, decimals),
    referralPercent: rates.referralBps / 100,
    beePerDay: plainAmount(rates.beePerNeighbourhoodDay, decimals),
  };
}

/** The draft in base units, or null while something in it is wrong. */
export function readRates(draft: RatesDraft, decimals: number): RatesInput | null {
  const plottingPerPlot: Record<string, string> = {};
  for (const { k, amount } of draft.perPlot) {
    const units = parseAmount(amount, decimals);
    if (units === null || String(k) in plottingPerPlot) return null;
    plottingPerPlot[String(k)] = units.toString();
  }
  const perHour = parseAmount(draft.perHour, decimals);
  const beePerDay = parseAmount(draft.beePerDay, decimals);
  if (perHour === null || beePerDay === null) return null;
  return {
    plottingPerPlot,
    immediateBps: Math.round(draft.immediatePercent * 100),
    storagePerPlotEquivalentHour: perHour.toString(),
    referralBps: Math.round(draft.referralPercent * 100),
    beePerNeighbourhoodDay: beePerDay.toString(),
  };
}

/** Fields for rates; every amount shows the base units it means. */
export function RatesFields({
  draft,
  setDraft,
  decimals,
}: {
  draft: RatesDraft;
  setDraft: (draft: RatesDraft) => void;
  decimals: number;
}) {
  const { t } = useLanguage();
  const { form } = t.admin;
  const meaning = (amount: string) => {
    const units = parseAmount(amount, decimals);
    return units === null ? {} : { description: form.baseUnits(units.toString()), inputWrapperOrder };
  };
  const wrong = (amount: string) => parseAmount(amount, decimals) === null && form.amountWrong;
  const change = (key: number, next: { k?: number; amount?: string }) =>
    setDraft({
      ...draft,
      perPlot: draft.perPlot.map((row) => (row.key === key ? { ...row, ...next } : row)),
    });
  return (
    <Stack gap="sm">
      <Text fw={600}>{form.rates}</Text>
      {draft.perPlot.map(({ key, k, amount }) => (
        <Group key={key} align="flex-start" gap="sm" wrap="wrap">
          <NumberInput
            label={form.k}
            w={90}
            min={1}
            max={255}
            allowDecimal={false}
            value={k}
            onChange={(value) => change(key, { k: Number(value) })}
            error={draft.perPlot.some((row) => row.key !== key && row.k === k) && form.kTwice}
          />
          <TextInput
            label={form.perPlot}
            flex={1}
            miw={180}
            inputMode="decimal"
            value={amount}
            onChange={(event) => change(key, { amount: event.currentTarget.value })}
            error={wrong(amount)}
            {...meaning(amount)}
          />
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            mt={28}
            onClick={() => setDraft({ ...draft, perPlot: draft.perPlot.filter((row) => row.key !== key) })}
          >
            {form.removeK}
          </Button>
        </Group>
      ))}
      <Button
        variant="light"
        size="compact-sm"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => {
          const k = Math.min(50, Math.max(31, ...draft.perPlot.map((row) => row.k)) + 1);
          const key = Math.max(0, ...draft.perPlot.map((row) => row.key)) + 1;
          setDraft({ ...draft, perPlot: [...draft.perPlot, { key, k, amount: '0' }] });
        }}
      >
        {form.addK}
      </Button>
      <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
        <NumberInput
          label={form.immediate}
          miw={150}
          min={0}
          max={100}
          decimalScale={2}
          value={draft.immediatePercent}
          onChange={(value) => setDraft({ ...draft, immediatePercent: Number(value) })}
        />
        <TextInput
          label={form.perHour}
          miw={220}
          inputMode="decimal"
          value={draft.perHour}
          onChange={(event) => setDraft({ ...draft, perHour: event.currentTarget.value })}
          error={wrong(draft.perHour)}
          {...meaning(draft.perHour)}
        />
        <NumberInput
          label={form.referral}
          miw={150}
          min={0}
          max={5}
          decimalScale={2}
          value={draft.referralPercent}
          onChange={(value) => setDraft({ ...draft, referralPercent: Number(value) })}
        />
        <TextInput
          label={form.beePerDay}
          miw={220}
          inputMode="decimal"
          value={draft.beePerDay}
          onChange={(event) => setDraft({ ...draft, beePerDay: event.currentTarget.value })}
          error={wrong(draft.beePerDay)}
          {...meaning(draft.beePerDay)}
        />
      </Group>
    </Stack>
  );
}

const inputWrapperOrder: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];
