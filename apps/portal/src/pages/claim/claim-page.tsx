import { Button, FileButton, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { LanguageSwitch } from '../../app/language-switch.js';
import { neededFiles } from '../../claims/find-bundle.js';
import { useLanguage } from '../../i18n/index.js';
import { Logo } from '../../ui/logo.js';
import { type Connected, ConnectWallet } from '../../wallet/connect-wallet.js';
import { DueClaims } from './due-claims.js';

/** Where the bundle is: an address, or files that were opened. */
export type Where = { url: string } | { files: readonly File[] };

/** Claims without anybody's help: the page asks neither the center's API nor for a sign-in. */
export function ClaimPage() {
  const { t } = useLanguage();
  const [params] = useSearchParams();
  const campaign = params.get('campaign');
  const [url, setUrl] = useState(
    params.get('bundle') ?? (campaign ? `${window.location.origin}/api/bundles/${campaign}` : ''),
  );
  const [files, setFiles] = useState<readonly File[]>([]);
  const [connected, setConnected] = useState<Connected | null>(null);
  const [recipient, setRecipient] = useState('');
  useEffect(() => {
    document.title = `${t.claim.title} · Croft`;
  }, [t]);
  const missing = neededFiles.filter((name) => !files.some((file) => file.name === name));
  const where: Where | null =
    files.length > 0 ? (missing.length === 0 ? { files } : null) : /^https?:\/\//.test(url) ? { url } : null;
  const to = recipient.trim();
  const badRecipient = to !== '' && !/^0x[0-9a-fA-F]{40}$/.test(to);
  return (
    <main className="alone">
      <Group justify="space-between" mb="lg">
        <Link to="/" className="brand" title={t.claim.toPortal}>
          <Logo size={30} />
          Croft
        </Link>
        <LanguageSwitch />
      </Group>
      <Title order={1} size="h2">
        {t.claim.title}
      </Title>
      <Text c="dimmed" mt="xs" mb="lg">
        {t.claim.lead}
      </Text>
      <Stack gap="lg">
        <section className="card">
          <Title order={2} size="h4" mb="sm">
            {t.claim.where}
          </Title>
          <TextInput
            label={t.claim.url}
            description={t.claim.urlHint}
            value={url}
            disabled={files.length > 0}
            onChange={(event) => setUrl(event.currentTarget.value)}
            data-testid="claim-url"
          />
          <Group mt="md" gap="sm">
            <Text size="sm">{t.claim.or}</Text>
            <FileButton multiple onChange={setFiles} inputProps={{ 'aria-label': t.claim.files }}>
              {(props) => (
                <Button variant="default" size="xs" {...props} data-testid="claim-files">
                  {t.claim.files}
                </Button>
              )}
            </FileButton>
          </Group>
          <Text
            size="xs"
            c={files.length > 0 && missing.length > 0 ? 'red' : 'dimmed'}
            mt="xs"
            className="anywhere"
          >
            {files.length > 0 && missing.length > 0
              ? t.claim.filesMissing(missing.join(', '))
              : t.claim.filesHint(neededFiles.join(', '))}
          </Text>
        </section>
        <section className="card">
          <Title order={2} size="h4" mb="sm">
            {t.claim.wallet}
          </Title>
          <ConnectWallet connected={connected} connect={setConnected} none={t.claim.walletNone} />
          <TextInput
            mt="md"
            label={t.claim.recipient}
            description={t.claim.recipientHint}
            value={recipient}
            error={badRecipient && t.account.problems.form}
            onChange={(event) => setRecipient(event.currentTarget.value)}
            data-testid="claim-recipient"
          />
        </section>
        <DueClaims
          key={`${connected?.account} ${to} ${where && 'url' in where ? where.url : files.length}`}
          where={where}
          connected={connected}
          recipient={to === '' || badRecipient ? null : to}
          ready={where !== null && connected !== null && !badRecipient}
        />
      </Stack>
    </main>
  );
}
