import { Anchor, Autocomplete, createTheme, type MantineColorsTuple, Menu, Modal, Select } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#eaf6f2',
  '#d5eae3',
  '#aad5c7',
  '#7cbfa9',
  '#56ac90',
  '#3c9f80',
  '#2c8a6d',
  '#1f7259',
  '#175c4c',
  '#0d4438',
];

const stone: MantineColorsTuple = [
  '#f7f6f3',
  '#edece8',
  '#dddbd5',
  '#c6c3bb',
  '#a09c93',
  '#79756c',
  '#5c5952',
  '#3d3b37',
  '#282725',
  '#191817',
];

const ink: MantineColorsTuple = [
  '#d4d9dc',
  '#b4bcc1',
  '#8d979e',
  '#6c777f',
  '#4b555c',
  '#363f45',
  '#2a3136',
  '#1f2529',
  '#181c1f',
  '#121517',
];

const amber: MantineColorsTuple = [
  '#fff4e6',
  '#ffe5c7',
  '#ffcf99',
  '#ffb366',
  '#f59a3e',
  '#dd7c1a',
  '#bf6208',
  '#a34a00',
  '#803a00',
  '#5c2a00',
];

const brick: MantineColorsTuple = [
  '#fdecea',
  '#f9d2ce',
  '#f2aaa3',
  '#eb8177',
  '#e25f53',
  '#d6452b',
  '#b3261e',
  '#9c1f18',
  '#861a14',
  '#5f110d',
];

// The list itself scrolls: a scrolling frame around it would be one that no key reaches.
const list = { withScrollArea: false, styles: { options: { maxHeight: 240, overflowY: 'auto' } } } as const;

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 8, dark: 7 },
  colors: { pine, red: brick, orange: amber, gray: stone, dark: ink },
  fontFamily: 'Inter Variable, Inter, system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif',
  headings: {
    fontWeight: '620',
    sizes: { h1: { fontSize: '1.25rem', lineHeight: '1.3' }, h2: { fontSize: '1.05rem' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // In a text, colour alone would not tell a link.
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    Autocomplete: Autocomplete.extend({ defaultProps: list }),
    Select: Select.extend({ defaultProps: list }),
    // Its hidden focus target is no menu item, which a menu must not contain.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { centered: true } }),
  },
});
