import { Alert, Button, Checkbox, Group, Loader, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.js';
import { useAction, useNodes } from '../../api/queries.js';
import { countdown } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { CommandLine, CopyButton } from '../../ui/copy.js';
import { failureText } from '../../ui/failure-text.js';
import { useNow } from '../../ui/now.js';
import { isSize, type JoinPlan, joinCommand, runCommand } from './join-command.js';

/** A fresh code, the two commands, and the moment the node arrives. */
export function AddNode({ close }: { close: () => void }) {
  const { t } = useLanguage();
  const now = useNow();
  const make = useAction(() => api.newPairingCode(), { quiet: true });
  const [plan, setPlan] = useState<JoinPlan>({
    store: true,
    plot: true,
    size: '500GB',
    path: '/where/to/keep',
    temp: '',
  });
  const arrived = useArrival();

  // once when the window opens; StrictMode's second run must not spend a second code
  const asked = useRef(false);
  const { mutate } = make;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate(undefined);
  }, [mutate]);

  const code = make.data;
  const leftMs = code ? Date.parse(code.expiresAt) - now : 0;
  const expired = code !== undefined && leftMs <= 0 && !arrived;
  const usable = plan.plot || (plan.store && isSize(plan.size));
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t.addNode.title}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <Stack>
        {make.error && (
          <Alert color="red" role="alert">
            {failureText(make.error, t)}
          </Alert>
        )}
        {code && (
          <div style={{ textAlign: 'center' }}>
            <Text size="sm" c="dimmed">
              {t.addNode.code}
            </Text>
            <Group justify="center" gap="xs" wrap="nowrap">
              <span className={`pairing-code ${expired ? 'expired' : ''}`} data-testid="pairing-code">
                {code.code}
              </span>
              <CopyButton text={code.code} what={t.addNode.code} />
            </Group>
            {!arrived && (
              <Text size="sm" c={expired ? 'red' : 'dimmed'} className="number">
                {expired ? t.addNode.expired : t.addNode.expires(countdown(leftMs))}
              </Text>
            )}
          </div>
        )}
        {(expired || make.error) && (
          <Button variant="light" loading={make.isPending} onClick={() => make.mutate(undefined)}>
            {t.addNode.newCode}
          </Button>
        )}
        <Plan plan={plan} setPlan={setPlan} />
        {code && !expired && usable && (
          <>
            <div>
              <Text fw={600} mb={6}>
                {t.addNode.step1}
              </Text>
              <CommandLine
                text={joinCommand(window.location.origin, code.code, plan)}
                what={t.addNode.joinCommand}
              />
            </div>
            <div>
              <Text fw={600} mb={6}>
                {t.addNode.step2}
              </Text>
              <CommandLine text={runCommand} what={t.addNode.runCommand} />
            </div>
            <Text size="xs" c="dimmed">
              {t.addNode.needs}
            </Text>
            <div role="status">
              <Text fw={600} mb={6}>
                {t.addNode.step3}
              </Text>
              {arrived ? (
                <Alert color="croft" title={t.addNode.arrived(arrived)} data-testid="node-arrived">
                  {t.addNode.arrivedText}
                </Alert>
              ) : (
                <Group gap="xs">
                  <Loader size="xs" />
                  <Text size="sm" c="dimmed">
                    {t.addNode.waiting}
                  </Text>
                </Group>
              )}
            </div>
          </>
        )}
      </Stack>
    </Modal>
  );
}

/** Name of a node that was not there when the window opened. */
function useArrival(): string | null {
  const nodes = useNodes().data?.items;
  const before = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (nodes && before.current === null) before.current = new Set(nodes.map(({ id }) => id));
  }, [nodes]);
  return (before.current && nodes?.find(({ id }) => !before.current?.has(id))?.name) ?? null;
}

function Plan({ plan, setPlan }: { plan: JoinPlan; setPlan: (plan: JoinPlan) => void }) {
  const { t } = useLanguage();
  return (
    <Stack gap="sm">
      <Checkbox.Group
        label={t.addNode.make}
        value={(['store', 'plot'] as const).filter((role) => plan[role])}
        onChange={(roles) =>
          setPlan({ ...plan, store: roles.includes('store'), plot: roles.includes('plot') })
        }
        error={!plan.store && !plan.plot && t.addNode.chooseOne}
      >
        <Group mt={6} gap="md">
          <Checkbox value="store" label={t.addNode.store} />
          <Checkbox value="plot" label={t.addNode.plot} />
        </Group>
      </Checkbox.Group>
      <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
        {plan.store && (
          <TextInput
            label={t.addNode.size}
            description={t.addNode.sizeHint}
            value={plan.size}
            miw={200}
            onChange={(event) => setPlan({ ...plan, size: event.currentTarget.value })}
            error={!isSize(plan.size) && t.addNode.sizeWrong}
          />
        )}
        <TextInput
          label={t.addNode.path}
          description={t.addNode.pathHint}
          value={plan.path}
          miw={200}
          onChange={(event) => setPlan({ ...plan, path: event.currentTarget.value })}
        />
      </Group>
      {plan.plot && (
        <TextInput
          label={t.addNode.temp}
          value={plan.temp}
          onChange={(event) => setPlan({ ...plan, temp: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}
