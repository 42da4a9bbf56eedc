import { Text } from '@mantine/core';
import { offsetText, placeText } from './dates';
import { useWords } from './use-words';

/** In which zone times are shown: “Ljubljana time (GMT+1) · Change”, where it can be changed. */
export function ZoneLine({ zone, instant, onChange }: { zone: string; instant?: string; onChange?: () => void }) {
  const { t, locale } = useWords();
  return (
    <Text size="xs" c="dimmed">
      {t('zone_line.zone', { place: placeText(zone), offset: offsetText(zone, locale, instant) })}
      {onChange && (
        <>
          {' · '}
          <button type="button" className="quiet-link" aria-label={t('zone_line.change_label')} onClick={onChange}>
            {t('zone_line.change')}
          </button>
        </>
      )}
    </Text>
  );
}
