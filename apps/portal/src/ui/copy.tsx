import { ActionIcon, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { shorten } from '../format/quantities.js';
import { useLanguage } from '../i18n/index.js';

/** The clipboard API exists on secure origins only; a center in a home network is often plain http. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

const icons = {
  copy: 'M9 9V5.5A1.5 1.5 0 0 1 10.5 4h8A1.5 1.5 0 0 1 20 5.5v8a1.5 1.5 0 0 1-1.5 1.5H15M5.5 9h8A1.5 1.5 0 0 1 15 10.5v8a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 4 18.5v-8A1.5 1.5 0 0 1 5.5 9Z',
  done: 'm5 12.5 4.5 4.5L19 7.5',
};

/** Copies `text`; `what` names it for screen readers. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = copied ? t.common.copied : t.common.copyOf(what);
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: false }}>
      <ActionIcon
        variant="subtle"
        size="sm"
        color={copied ? 'croft' : 'gray'}
        aria-label={label}
        onClick={() => void copyText(text).then(() => setCopied(true))}
      >
        <svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
          <path d={copied ? icons.done : icons.copy} fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </ActionIcon>
    </Tooltip>
  );
}

/** A long hex string by its two ends, whole on hover and by the copy button. `href` makes it a link out. */
export function Hex({ value, what, href }: { value: string; what: string; href?: string | null }) {
  const text = shorten(value);
  return (
    <span className="hex">
      {href ? (
        <a href={href} target="_blank" rel="noreferrer" title={value}>
          {text}
        </a>
      ) : (
        <span title={value}>{text}</span>
      )}
      <CopyButton text={value} what={what} />
    </span>
  );
}

/** A command to paste into a terminal. */
export function CommandLine({ text, what }: { text: string; what: string }) {
  return (
    <div className="command">
      <code>{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  );
}
