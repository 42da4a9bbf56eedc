import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useRef } from 'react';
import { timeFieldText } from '../words/dates';
import { useWords } from '../words/use-words';
import type { Offer } from './offers';
import type { WallSlot } from './times';
import type { WrongTime } from './typed-times';
import { useTyped } from './use-typed';

interface Choosing {
  label: string;
  value: string;
  /** Asked for when the list opens. */
  offers: () => Offer[];
  /** The key of the present one. */
  chosen: string;
  error?: string;
  /** The value of a typed text. */
  read: (text: string) => { read: WallSlot } | WrongTime;
  onChange: (slot: WallSlot) => void;
  onUnread: (unread: boolean) => void;
  onTyping: (typing: boolean) => void;
}

/** A time of day, typed as people type it or chosen from a list that opens at the present one. */
export function TimeField({ label, value, offers, chosen, error, read, onChange, onUnread, onTyping }: Choosing) {
  const { t, locale } = useWords();
  const types = useRef(false); // then Enter takes the typed text, and no option is marked
  const combobox = useCombobox({
    onDropdownOpen: () => window.requestAnimationFrame(() => types.current || combobox.selectActiveOption()),
    onDropdownClose: () => combobox.resetSelectedOption(),
  });
  const shown = timeFieldText(value, locale);
  const typed = useTyped({ shown, read, onRead: onChange, onUnread, onTyping });
  const examples = { example: timeFieldText('14:30', locale), midnight: timeFieldText('00:00', locale) };
  const all = combobox.dropdownOpened ? offers() : [];
  const offered = typed.text === shown ? all : all.filter((one) => one.text.startsWith(typed.text));
  const settle = () => {
    types.current = false;
    combobox.closeDropdown();
    typed.settle();
  };
  return (
    <Combobox
      store={combobox}
      width="max-content"
      position="bottom-start"
      onOptionSubmit={(key) => {
        const offer = offered.find((one) => one.key === key);
        types.current = false;
        typed.choose();
        if (offer) onChange(offer.slot);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target autoComplete="off" withExpandedAttribute>
        <TextInput
          label={label}
          role="combobox"
          value={typed.text}
          error={typed.wrong ? t(`form.time_wrong.${typed.wrong.wrong}`, examples) : error}
          onClick={() => combobox.openDropdown()}
          onBlur={settle}
          onChange={(event) => {
            types.current = true;
            typed.type(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault(); // it takes the time; the session is saved elsewhere
            if (!combobox.dropdownOpened || combobox.getSelectedOptionIndex() < 0) settle();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!offered.length}>
        <Combobox.Options aria-label={label} mah={220} style={{ overflowY: 'auto' }}>
          {offered.map((one) => (
            <Combobox.Option key={one.key} value={one.key} active={one.key === chosen}>
              {[one.text, ...one.notes].join(' · ')}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
