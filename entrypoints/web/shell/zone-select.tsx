import { Select } from '@mantine/core';
import { useWords } from '../words/use-words';

const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** Every zone that the browser knows, and the present one whether or not it does. */
export function ZoneSelect({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (zone: string) => void;
}) {
  const { t } = useWords();
  return (
    <Select
      label={label}
      data={ZONES.includes(value) ? ZONES : [value, ...ZONES]}
      value={value}
      searchable
      limit={60}
      allowDeselect={false}
      nothingFoundMessage={t('shell.no_such_zone')}
      onChange={(zone) => zone && onChange(zone)}
    />
  );
}
