/** A code of an authenticator app, or a recovery code. Phones and password managers fill in the former. */
import { TextInput } from '@mantine/core';
import { useWords } from '../words/use-words';

interface Typed {
  kind: 'app' | 'recovery' | 'either';
  value: string;
  onChange: (code: string) => void;
  focused?: boolean;
}

export function CodeInput({ kind, value, onChange, focused }: Typed) {
  const { t } = useWords();
  const recovery = kind === 'recovery';
  return (
    <TextInput
      label={t(recovery ? 'sign_in.recovery_code' : kind === 'either' ? 'confirming.code' : 'sign_in.code')}
      description={recovery ? t('sign_in.recovery_code_text') : kind === 'either' && t('confirming.code_text')}
      inputMode={kind === 'app' ? 'numeric' : 'text'}
      autoComplete={recovery ? 'off' : 'one-time-code'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      withAsterisk={false}
      ref={focused ? focus : undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function focus(input: HTMLInputElement | null) {
  input?.focus();
}
