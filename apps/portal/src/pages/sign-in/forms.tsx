import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.js';
import type { Me } from '../../api/models.js';
import { keys, useAction } from '../../api/queries.js';
import { useLanguage } from '../../i18n/index.js';
import { failureText } from '../../ui/failure-text.js';

const looksLikeEmail = (text: string) => /^\S+@\S+\.\S+$/.test(text.trim());

function Refusal({ error }: { error: Error | null }) {
  const { t } = useLanguage();
  if (!error) return null;
  return (
    <Alert color="red" role="alert" data-testid="sign-in-error">
      {failureText(error, t)}
    </Alert>
  );
}

export function PasswordForm({ entered }: { entered: (me: Me) => void }) {
  const { t } = useLanguage();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const enter = useAction(api.signInByPassword, { done: entered, quiet: true });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate({ email: email.trim(), password });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t.signIn.email}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-testid="sign-in-email"
        />
        <PasswordInput
          label={t.signIn.password}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-testid="sign-in-password"
        />
        <Refusal error={enter.error} />
        <Button type="submit" loading={enter.isPending} data-testid="sign-in-submit">
          {t.signIn.submit}
        </Button>
      </Stack>
    </form>
  );
}

export function JoinForm({ entered }: { entered: (me: Me) => void }) {
  const { t, locale } = useLanguage();
  const [displayName, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const join = useAction(api.register, {
    quiet: true,
    touches: [keys.me],
    done: (me) => {
      entered(me);
      if (me.locale !== locale) remember.mutate({ locale });
    },
  });
  const remember = useAction(api.changeMe, { touches: [keys.me], quiet: true });
  const name = displayName.trim();
  const problems = {
    name: name.length >= 1 && name.length <= 60 ? null : t.signIn.nameWrong,
    email: looksLikeEmail(email) ? null : t.signIn.emailWrong,
    password: password.length >= 10 ? null : t.signIn.passwordShort,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.values(problems).every((problem) => problem === null)) {
      join.mutate({ displayName: name, email: email.trim(), password });
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t.signIn.name}
          description={t.signIn.nameHint}
          autoComplete="nickname"
          maxLength={60}
          value={displayName}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && problems.name}
          data-testid="join-name"
        />
        <TextInput
          label={t.signIn.email}
          type="email"
          autoComplete="username"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={tried && problems.email}
          data-testid="join-email"
        />
        <PasswordInput
          label={t.signIn.password}
          description={t.signIn.passwordHint}
          autoComplete="new-password"
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={tried && problems.password}
          data-testid="join-password"
        />
        <Refusal error={join.error} />
        <Button type="submit" loading={join.isPending} data-testid="join-submit">
          {t.signIn.submitJoin}
        </Button>
      </Stack>
    </form>
  );
}
