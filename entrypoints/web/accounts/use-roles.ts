/** Changes a person's roles, and invalidates the affected queries. */
import { useMutation } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { meQuery, practiceChanged, queryClient } from '../api/queries';
import type { Person, Role } from '../api/types';
import { useMe } from './signed-in';

export function useRoles() {
  const me = useMe();
  return useMutation({
    mutationFn: ({ person, roles }: { person: Pick<Person, 'id'>; roles: Role[] }) => {
      const params = { path: { person_id: person.id } };
      return bodyOf(api.PUT('/api/people/{person_id}/roles', { params, body: { roles } }));
    },
    onSuccess: async (changed) => {
      if (changed.id === me.id) await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      practiceChanged();
    },
  });
}
