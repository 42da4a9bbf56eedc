/** The footer of the session form: whether the draft is saved, other actions, and Save. */
import { Button, Group, Text } from '@mantine/core';
import type { Ref } from 'react';
import type { Session } from '../api/types';
import { timeText } from '../words/dates';
import { useWords } from '../words/use-words';
import { MoreActions } from './more-actions';
import classes from './session.module.css';
import { viewersZone } from './times';
import type { Kept } from './use-draft';

interface Saving {
  /** The session as it is stored; null for a new one. */
  session: Session | null;
  kept: Kept | null;
  saveText: string;
  saving: boolean;
  disabled: boolean;
  onClosed: () => void;
  saveButton: Ref<HTMLButtonElement>;
}

const KEPT = { server: 'form.kept_at', here: 'form.kept_here' } as const;

export function FormFooter({ session, kept, saveText, saving, disabled, onClosed, saveButton }: Saving) {
  const { t, locale } = useWords();
  return (
    <Group className={classes.footer} justify="space-between" wrap="nowrap">
      <Text size="xs" c="dimmed">
        {kept && t(KEPT[kept.where], { time: timeText(kept.at, viewersZone(), locale) })}
      </Text>
      <Group gap="xs" wrap="nowrap">
        {session && <MoreActions session={session} onClosed={onClosed} />}
        <Button type="submit" ref={saveButton} loading={saving} disabled={disabled}>
          {saveText}
        </Button>
      </Group>
    </Group>
  );
}
