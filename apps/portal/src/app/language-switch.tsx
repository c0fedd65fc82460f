import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';
import type { Locale, Me } from '../api/models.js';
import { keys, useAction } from '../api/queries.js';
import { useLanguage } from '../i18n/index.js';

/** Changes the language here and now, and for the account (its notices) when somebody is signed in. */
export function useChangeLanguage(): (locale: Locale) => void {
  const client = useQueryClient();
  const { setLocale } = useLanguage();
  const remember = useAction((locale: Locale) => api.changeMe({ locale }), { touches: [keys.me] });
  return (locale) => {
    setLocale(locale);
    if (client.getQueryData<Me | null>(keys.me)) remember.mutate(locale);
  };
}

export function LanguageSwitch() {
  const { locale, t } = useLanguage();
  const change = useChangeLanguage();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t.nav.language}
      value={locale}
      onChange={(value) => change(value === 'zh' ? 'zh' : 'en')}
      data={[
        { value: 'en', label: <span lang="en">EN</span> },
        { value: 'zh', label: <span lang="zh-CN">中文</span> },
      ]}
    />
  );
}
