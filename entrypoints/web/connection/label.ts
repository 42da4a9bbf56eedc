/** The label of a provider, and whether it is set up here. Sessions and connections outlive their provider's settings. */
import type { components } from '../generated/schema';

type Provider = components['schemas']['ProviderResponse'];

/** Of one that is no longer set up, its stored name. */
export function labelOf(providers: Provider[] | undefined, name: string): string {
  const found = providers?.find((one) => one.provider === name);
  return found?.label ?? name.replace(/[_-]/g, ' ').replace(/\b\w/g, (letter) => letter.toUpperCase());
}

/** Whether it was taken out of the settings. While the list is not loaded, nothing counts as gone. */
export function isGone(providers: Provider[] | undefined, name: string | null): boolean {
  return providers !== undefined && name !== null && !providers.some((one) => one.provider === name);
}
