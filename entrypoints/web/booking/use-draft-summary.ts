/** The summary of a draft: clients, consultant and day. */
import { useQuery } from '@tanstack/react-query';
import { useMe } from '../accounts/signed-in';
import { clientsByIdQuery } from '../api/client-queries';
import { consultantsQuery, sessionQuery } from '../api/queries';
import type { Client, Draft } from '../api/types';
import { useClientName } from '../clients/client-name';
import { dayText } from '../words/dates';
import { useWords } from '../words/use-words';
import type { FormBody } from './form';

export interface DraftSummary {
  title: string;
  /** Clients, consultant and day, as far as the draft names them. */
  about: string;
}

/** Fields that a draft of a stored session omits come from the session. */
export function useDraftSummary({ form, booking_id }: Draft): DraftSummary {
  const { t, locale } = useWords();
  const nameOf = useClientName();
  const { zone } = useMe().practice;
  const kept = form as Partial<FormBody>;
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const { data: stored } = useQuery({ ...sessionQuery(booking_id ?? ''), enabled: Boolean(booking_id) });
  const { data: found = [] } = useQuery(clientsByIdQuery(kept.client_ids ?? []));
  const session = stored?.session;
  const clients: Client[] = kept.client_ids ? found : (session?.clients ?? []);
  const consultant = consultants.find((one) => one.id === (kept.consultant_id ?? session?.consultant_id))?.name;
  const starts = kept.starts_at ?? session?.starts_at;
  const named = clients.map(nameOf).join(', ') || (kept.client_ids?.length ? '' : t('calendar.no_client'));
  const day = starts && dayText(starts, kept.zone ?? session?.zone ?? zone, locale);
  return {
    title: kept.title || session?.title || t('form.untitled'),
    about: [named, consultant, day].filter(Boolean).join(' · '),
  };
}
