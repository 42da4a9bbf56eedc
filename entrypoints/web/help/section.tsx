/** The parts of which the page is made. */
import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words';
import type { SectionName } from './contents';
import classes from './help.module.css';

export function Section({ name, children }: { name: SectionName; children: ReactNode }) {
  const { t } = useWords();
  return (
    <section id={name} className={classes.section} data-section aria-labelledby={`${name}-title`}>
      <Title order={2} id={`${name}-title`}>
        {t(`help.sections.${name}`)}
      </Title>
      {children}
    </section>
  );
}

/** `name` is its anchor, so that a message can point at it. */
export function Part({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  return (
    <div id={name} className={classes.part}>
      <Title order={3} size="md">
        {title}
      </Title>
      {children}
    </div>
  );
}

/** By their place, as the catalogue has them. */
type Texts = Record<number, string>;

export function Steps({ steps }: { steps: Texts }) {
  return (
    <ol className={classes.steps}>
      {Object.values(steps).map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

export function Points({ points }: { points: Texts }) {
  return (
    <ul className={classes.points}>
      {Object.values(points).map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text component="p" inherit>
      {children}
    </Text>
  );
}

interface Row {
  name: string;
  /** The first one is the header of the row. */
  cells: ReactNode[];
}

export function Facts({ caption, heads, rows }: { caption: string; heads: string[]; rows: Row[] }) {
  return (
    <table className={classes.table} aria-label={caption}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells: [about, ...cells] }) => (
          <tr key={name}>
            <th scope="row">{about}</th>
            {cells.map((cell, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
              <td key={place}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
