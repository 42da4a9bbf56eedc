import { useScrollSpy } from '@mantine/hooks';
import { useWords } from '../words/use-words';
import classes from './help.module.css';

/** In the order of the page; each is the anchor of its section. */
export const SECTIONS = [
  'adding',
  'using',
  'keyboard',
  'removing',
  'troubles',
  'stored',
  'erasing',
  'permissions',
  'support',
] as const;
export type SectionName = (typeof SECTIONS)[number];

export function Contents() {
  const { t } = useWords();
  const { active } = useScrollSpy({ selector: '[data-section] > h2', offset: 90 });
  return (
    <nav className={classes.contents} aria-label={t('help.contents')}>
      <ol>
        {SECTIONS.map((name, place) => (
          <li key={name}>
            <a href={`#${name}`} aria-current={place === active ? 'location' : undefined}>
              {t(`help.sections.${name}`)}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
