/** Another person changed the session while its form was open: nothing is typed twice or overwritten unseen. */

import { Alert, Radio, Stack, Table, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { consultantsQuery, providersQuery } from '../api/queries';
import { useClientName } from '../clients/client-name';
import { labelOf } from '../connection/label';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import type { Field, Form } from './form';
import { instantsOf } from './times';
import type { Decision, Theirs } from './use-form';

interface Deciding {
  theirs: Theirs;
  /** Saving was refused because a choice is missing. */
  refused: boolean;
  onDecide: (field: Field, decision: Decision) => void;
}

export function Conflict({ theirs: { mine, theirs, fields, decided }, refused, onDecide }: Deciding) {
  const { t } = useWords();
  const text = useFieldText();
  return (
    <Alert
      color="orange"
      icon={<IconGitMerge size={20} />}
      title={t('conflict.title')}
      role="alert"
      data-testid="conflict"
    >
      <Text size="sm">{fields.length ? t('conflict.choose') : t('conflict.merged')}</Text>
      {fields.length > 0 && (
        <Table mt="xs" layout="fixed" verticalSpacing={6}>
          <Table.Tbody>
            {fields.map((field) => {
              const wrong = refused && !decided[field];
              return (
                <Table.Tr key={field}>
                  <Table.Td>
                    <Radio.Group
                      label={t(`conflict.field.${field}`)}
                      value={decided[field] ?? null}
                      error={wrong && t('conflict.undecided')}
                      onChange={(chosen) => onDecide(field, chosen as Decision)}
                    >
                      <Stack gap={4} mt={4} mb={wrong ? 4 : 0}>
                        <Radio
                          value="mine"
                          label={t('conflict.mine', { value: text(field, mine) })}
                          data-invalid={wrong || undefined}
                        />
                        <Radio value="theirs" label={t('conflict.theirs', { value: text(field, theirs) })} />
                      </Stack>
                    </Radio.Group>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
    </Alert>
  );
}

function useFieldText() {
  const nameOf = useClientName();
  const { t, locale } = useWords();
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const { data: providers = [] } = useQuery(providersQuery);
  return (field: Field, form: Form): string => {
    const { starts_at, ends_at } = instantsOf(form.slot);
    const texts: Record<Field, string> = {
      consultantId: consultants.find((one) => one.id === form.consultantId)?.name ?? '',
      clients: form.clients.map(nameOf).join(', '),
      slot: slotText(starts_at, ends_at, form.slot.zone, locale),
      title: form.title || t('form.untitled'),
      notes: form.notes || t('conflict.empty'),
      online: form.online ? t('form.online') : t('form.in_person'),
      provider: form.provider ? labelOf(providers, form.provider) : t('form.in_person'),
    };
    return texts[field];
  };
}
