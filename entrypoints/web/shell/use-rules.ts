/** Which rule a refused form broke, field by field, in the language of the page. */
import { Problem } from '../api/problem';
import { useWords } from '../words/use-words';

export function useRules(error: unknown) {
  const { ruleText } = useWords();
  const wrong = error instanceof Problem ? error.fields : [];
  const ruleOf = (field: string) => {
    const found = wrong.find((one) => one.field === field);
    return found && ruleText(found).detail;
  };
  return { wrong, ruleOf };
}
