import { Button, Select, type SelectProps } from '@mantine/core';
import type { Only } from '../api/queries';
import type { Consultant } from '../api/types';
import { toneOf } from '../calendar/tones';
import { useWords } from '../words/use-words';
import { ONLYS, type useFilter } from './filter';
import { FindField } from './find-field';
import classes from './sessions.module.css';

const ALL = 'all';

interface Filtering {
  filtering: ReturnType<typeof useFilter>;
  /** Empty for people who see only their own sessions. */
  consultants: Consultant[];
}

export function FilterBar({ filtering, consultants }: Filtering) {
  const { t } = useWords();
  const { filter, set, clear, narrowed } = filtering;
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to every screen reader yet
    <div className={classes.filters} role="search" aria-label={t('sessions.filters')}>
      <FindField value={filter.find} onChange={(find) => set({ find }, { replace: true })} />
      {consultants.length > 1 && <Whose consultants={consultants} filtering={filtering} />}
      <Select
        size="sm"
        className={classes.choice}
        aria-label={t('sessions.only')}
        allowDeselect={false}
        value={filter.only ?? ALL}
        data={[ALL, ...ONLYS]
          .filter((one) => one !== 'at_risk' || filter.when === 'upcoming')
          .map((one) => ({ value: one, label: t(`sessions.onlys.${one as Only}`) }))}
        onChange={(value) => set({ only: value === ALL ? null : (value as Only) })}
      />
      {narrowed && (
        <Button variant="subtle" size="sm" onClick={clear}>
          {t('sessions.clear')}
        </Button>
      )}
    </div>
  );
}

function Whose({ consultants, filtering: { filter, set } }: Filtering) {
  const { t } = useWords();
  const dot = (id: string | null) => id && <span className={`${classes.dot} ${toneOf(consultants, id)}`} aria-hidden />;
  const option: SelectProps['renderOption'] = ({ option: { value, label } }) => (
    <span className={classes.whose}>
      {value !== ALL && dot(value)}
      {label}
    </span>
  );
  return (
    <Select
      size="sm"
      className={classes.choice}
      aria-label={t('sessions.consultant')}
      allowDeselect={false}
      searchable
      value={filter.consultant ?? ALL}
      leftSection={dot(filter.consultant)}
      renderOption={option}
      nothingFoundMessage={t('sessions.no_consultant')}
      data={[
        { value: ALL, label: t('calendar.everybody') },
        ...consultants.map((one) => ({ value: one.id, label: one.name })),
      ]}
      onChange={(value) => set({ consultant: value === ALL ? null : value })}
    />
  );
}
