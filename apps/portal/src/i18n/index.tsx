import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Locale } from '../api/models.js';
import { en, type Texts } from './en.js';
import { zh } from './zh.js';

const texts: Record<Locale, Texts> = { en, zh };
const STORED = 'croft.locale';

/** What the visitor chose in this browser, or null when nothing was chosen. */
export function chosenLocale(): Locale | null {
  const stored = localStorage.getItem(STORED);
  return stored === 'en' || stored === 'zh' ? stored : null;
}

function browserLocale(): Locale {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

interface Language {
  locale: Locale;
  /** BCP 47, for Intl. */
  tag: string;
  t: Texts;
  setLocale: (locale: Locale) => void;
}

const LanguageContext = createContext<Language | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [locale, set] = useState<Locale>(() => chosenLocale() ?? browserLocale());
  const setLocale = useCallback((next: Locale) => {
    localStorage.setItem(STORED, next);
    set(next);
  }, []);
  const tag = locale === 'zh' ? 'zh-CN' : 'en';
  useEffect(() => {
    document.documentElement.lang = tag;
  }, [tag]);
  const language = useMemo(() => ({ locale, tag, t: texts[locale], setLocale }), [locale, tag, setLocale]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

/** The visitor's language: texts, tag for Intl, and how to change it. */
export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('LanguageProvider is missing');
  return language;
}
