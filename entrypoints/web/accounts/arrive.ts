/** Another person has signed in: no data of the previous person may stay on the page. */
import { SIGNED_IN, tellTabs } from '../api/account';
import { meQuery, queryClient } from '../api/queries';
import type { Me } from '../api/types';

export function arrive(me: Me) {
  queryClient.clear();
  queryClient.setQueryData(meQuery.queryKey, me);
  window.dispatchEvent(new Event(SIGNED_IN));
  tellTabs(me.id);
}
