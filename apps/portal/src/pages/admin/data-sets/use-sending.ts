import { useState } from 'react';
import { sendContent } from '../../../api/content.js';
import { keys, useAction } from '../../../api/queries.js';
import { useLanguage } from '../../../i18n/index.js';
import { showToast } from '../../../ui/toasts.js';

/** Sending a file as a data set's content, with how much has gone; null while nothing is being sent. */
export function useSending(name: string, done: () => void) {
  const { t } = useLanguage();
  const [sent, setSent] = useState<{ bytes: number; ofBytes: number } | null>(null);
  const sending = useAction(
    async ({ id, file }: { id: string; file: File }) => {
      setSent({ bytes: 0, ofBytes: file.size });
      // what travels may be a little more than the file
      const onSent = (bytes: number) => setSent({ bytes: Math.min(bytes, file.size), ofBytes: file.size });
      await sendContent(id, file, onSent).finally(() => setSent(null));
    },
    {
      quiet: true,
      touches: [keys.dataSets],
      done: () => {
        showToast({ kind: 'done', text: t.dataSets.sent(name) });
        done();
      },
    },
  );
  return { sending, sent };
}
