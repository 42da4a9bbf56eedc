import type { SecurityEvent } from '../api/types';
import { useWords } from '../words/use-words';

/** One sentence for an event. */
export function useEventText(): (event: SecurityEvent) => string {
  const { t } = useWords();
  return ({ event, outcome, ...about }) => {
    const words = {
      actor: about.actor ?? t(about.actor_id ? 'security.erased_person' : 'security.operator'),
      subject: about.subject ?? t(about.subject_id ? 'security.erased_person' : 'security.nobody'),
      roles: about.roles.map((role) => t(`practice.roles.${role}`)).join(', '),
      label: about.provider ?? '',
      factor: about.factor ? t(`security.factor.${about.factor}`) : '',
    };
    const attempt = event === 'sign_in' || event === 'second_factor_checked';
    if (attempt && outcome !== 'succeeded') return t(`security.${event}.${outcome}`, words);
    if (event === 'single_sign_on' && outcome === 'refused') return t('security.single_sign_on.refused');
    const said = t(`security.event.${event}`, words);
    return outcome === 'succeeded' ? said : t(`security.${outcome}`, { event: said });
  };
}
