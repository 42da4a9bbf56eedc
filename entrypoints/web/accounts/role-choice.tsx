import { Checkbox, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Role } from '../api/types';
import { useWords } from '../words/use-words';

const ROLES: Role[] = ['consultant', 'admin'];

interface Choosing {
  value: Role[];
  onChange: (roles: Role[]) => void;
  /** Roles that cannot be removed now. */
  kept?: Role[];
  children?: ReactNode;
}

/** The roles of a person in the practice: at least one. */
export function RoleChoice({ value, onChange, kept = [] }: Choosing) {
  const { t } = useWords();
  return (
    <Checkbox.Group
      label={t('practice.roles.label')}
      value={value}
      onChange={(roles) => onChange(roles as Role[])}
      error={value.length ? undefined : t('practice.roles.none')}
    >
      <Stack gap="xs" mt={6}>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            disabled={kept.includes(role)}
            label={t(`practice.roles.${role}`)}
            description={t(`practice.roles.${role}_text`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
