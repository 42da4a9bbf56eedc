import { api, bodyOf } from '../api/client';
import { takeWishToSave } from '../booking/save-on-return';
import { tell } from '../shell/tell';
import { useWords } from '../words/use-words';

/** To the provider's consent page, with a form to come back to or without. Nothing is saved on the return. */
export function useDeparture() {
  const { explain } = useWords();
  return async (provider: string, { draftId }: { draftId?: string } = {}) => {
    if (draftId) takeWishToSave(draftId);
    try {
      const params = { path: { provider } };
      const departure = await bodyOf(
        api.POST('/api/connections/{provider}', { params, body: { draft_id: draftId ?? null } }),
      );
      window.location.assign(departure.authorize_address);
    } catch (error) {
      const { detail, next } = explain(error);
      tell(`${detail} ${next}`, { trouble: true });
    }
  };
}
