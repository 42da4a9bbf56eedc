import { Kbd } from '@mantine/core';
import { useWords } from '../words/use-words';
import classes from './help.module.css';
import { Facts, Paragraph, Part, Section } from './section';

const PICKING = [
  { does: 'sideways', keys: [['←'], ['→']] },
  { does: 'updown', keys: [['↑'], ['↓']] },
  {
    does: 'length',
    keys: [
      ['shift', '↑'],
      ['shift', '↓'],
    ],
  },
  { does: 'week', keys: [['page_up'], ['page_down']] },
  { does: 'book', keys: [['Enter']] },
] as const;

const MOVING = [
  { does: 'open', keys: [['Enter']] },
  { does: 'begin', keys: [['M']] },
  { does: 'sideways', keys: [['←'], ['→']] },
  { does: 'updown', keys: [['↑'], ['↓']] },
  {
    does: 'end',
    keys: [
      ['shift', '↑'],
      ['shift', '↓'],
    ],
  },
  { does: 'save', keys: [['Enter']] },
  { does: 'stay', keys: [['Esc']] },
] as const;

export function Keyboard() {
  const { t } = useWords();
  const heads = [t('help.keyboard.keys'), t('help.keyboard.does')];
  return (
    <Section name="keyboard">
      <Paragraph>{t('help.keyboard.intro')}</Paragraph>
      <Part name="keyboard-picking" title={t('help.keyboard.picking.title')}>
        <Paragraph>{t('help.keyboard.picking.text', { picker: t('calendar.picker') })}</Paragraph>
        <Facts
          caption={t('help.keyboard.picking.title')}
          heads={heads}
          rows={PICKING.map(({ does, keys }) => ({
            name: does,
            cells: [<Keys key={does} ways={keys} />, t(`help.keyboard.picking.${does}`)],
          }))}
        />
      </Part>
      <Part name="keyboard-moving" title={t('help.keyboard.moving.title')}>
        <Paragraph>{t('help.keyboard.moving.text')}</Paragraph>
        <Facts
          caption={t('help.keyboard.moving.title')}
          heads={heads}
          rows={MOVING.map(({ does, keys }) => ({
            name: does,
            cells: [<Keys key={does} ways={keys} />, t(`help.keyboard.moving.${does}`)],
          }))}
        />
        <Paragraph>{t('help.keyboard.moving.undo')}</Paragraph>
      </Part>
    </Section>
  );
}

type Key = (typeof PICKING | typeof MOVING)[number]['keys'][number][number];

/** Several ways, each of one key or of several together. */
function Keys({ ways }: { ways: readonly (readonly Key[])[] }) {
  const { t } = useWords();
  const name = (key: Key) =>
    key === 'shift' || key === 'page_up' || key === 'page_down' ? t(`help.keyboard.${key}`) : key;
  return (
    <span className={classes.keys}>
      {ways.map((keys) => (
        <span key={keys.join()}>
          {keys.map((key) => (
            <Kbd key={key}>{name(key)}</Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
