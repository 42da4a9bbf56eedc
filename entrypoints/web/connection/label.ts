/** The label of a provider; of one that is no longer set up here, its stored name. */
import type { components } from '../generated/schema';

type Provider = components['schemas']['ProviderResponse'];

export function labelOf(providers: Provider[] | undefined, name: string): string {
  const found = providers?.find((one) => one.provider === name);
  return found?.label ?? name.replace(/[_-]/g, ' ').replace(/\b\w/g, (letter) => letter.toUpperCase());
}
