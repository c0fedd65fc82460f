import { Notification } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useLanguage } from '../i18n/index.js';

interface Toast {
  id: number;
  kind: 'done' | 'error';
  text: string;
}

const SHOWN_MS = 6000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const dismiss = (id: number) => set(toasts.filter((toast) => toast.id !== id));

/** Says something at the edge of the page; read aloud by screen readers. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = ++lastId;
  set([...toasts.slice(-3), { ...toast, id }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const { t } = useLanguage();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, kind, text }) => (
        <Notification
          key={id}
          color={kind === 'error' ? 'red' : 'croft'}
          withBorder
          onClose={() => dismiss(id)}
          closeButtonProps={{ 'aria-label': t.common.close }}
        >
          {text}
        </Notification>
      ))}
    </div>
  );
}
