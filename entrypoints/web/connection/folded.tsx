import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './connections.module.css';

/** A folded part. */
export function Folded({
  label,
  note,
  children,
  opened = false,
}: {
  label: string;
  note?: ReactNode;
  children: ReactNode;
  opened?: boolean;
}) {
  const [open, fold] = useDisclosure(opened);
  return (
    <div>
      <UnstyledButton className={classes.fold} aria-expanded={open} onClick={fold.toggle}>
        <IconChevronRight size={15} aria-hidden className={classes.chevron} />
        {label}
        {note}
      </UnstyledButton>
      <Collapse expanded={open} keepMounted={false}>
        <div className={classes.folded}>{children}</div>
      </Collapse>
    </div>
  );
}
