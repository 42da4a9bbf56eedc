/** Which rule a refused form broke, field by field, in the language of the page. */
import { useEffect } from 'react';
import { Problem } from '../api/problem';
import { useWords } from '../words/use-words';

export function useRules(error: unknown) {
  const { server } = useWords();
  const wrong = error instanceof Problem ? error.fields : [];
  const ruleOf = (field: string) => {
    const found = wrong.find((one) => one.field === field);
    return found && server(found.rule);
  };
  return { wrong, ruleOf };
}

/** Moves the focus to the first field that was refused; the fields of the form are named as the server names them. */
export function useFocusOnRefused(error: unknown) {
  useEffect(() => {
    const field = error instanceof Problem && error.fields[0]?.field;
    if (field) document.querySelector<HTMLInputElement>(`form [name="${field}"]`)?.focus();
  }, [error]);
}
