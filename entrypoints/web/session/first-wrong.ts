import type { RefObject } from 'react';

/** Once the form shows what is wrong. */
export function focusFirstWrong(form: RefObject<HTMLElement | null>) {
  setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
