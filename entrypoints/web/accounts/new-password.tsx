import { PasswordInput } from '@mantine/core';
import { useWords } from '../words/use-words';

interface Typed {
  email: string;
  value: string;
  onChange: (password: string) => void;
  error?: string;
}

/** The address goes with it, so that password managers keep both. */
export function NewPassword({ email, value, onChange, error }: Typed) {
  const { t } = useWords();
  return (
    <>
      <input type="text" hidden readOnly autoComplete="username" value={email} />
      <PasswordInput
        name="password"
        label={t('joining.password')}
        description={t('joining.password_text')}
        autoComplete="new-password"
        required
        withAsterisk={false}
        error={error}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
      />
    </>
  );
}
