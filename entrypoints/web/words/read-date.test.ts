import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import { dateFieldText, longDateText, numericDateText } from './dates.ts';
import { readDate } from './read-date.ts';

const TODAY = '2026-11-29'; // a Sunday
const read = (text: string, locale: string) => {
  const found = readDate(text, locale, TODAY);
  return 'read' in found ? found.read : found.wrong;
};

const DAY_FIRST = ['en-GB', 'en-AU', 'en-IN', 'sl-SI', 'de-DE'];

test('dates of numbers are day first', () => {
  for (const locale of DAY_FIRST) {
    for (const text of ['9. 12. 2026', '9.12.2026', '9/12/2026', '09-12-2026', '9 12 2026', '9.12.26', '9.12.']) {
      assert.equal(read(text, locale), '2026-12-09', `${text} in ${locale}`);
    }
    assert.equal(read('3.12.2026', locale), '2026-12-03');
    assert.equal(read('13.1.2027', locale), '2027-01-13');
  }
});

test('in US English alone they are month first', () => {
  assert.equal(read('3/12/2026', 'en-US'), '2026-03-12');
  assert.equal(read('12/9', 'en-US'), '2026-12-09');
  assert.equal(read('3/12/2026', 'en-CA'), '2026-12-03');
});

test('a day that exists in the other order alone is proposed, and not taken', () => {
  assert.deepEqual(readDate('12/25/2026', 'en-GB', TODAY), { wrong: 'day_first', meant: '2026-12-25' });
  assert.deepEqual(readDate('12. 25.', 'sl-SI', TODAY), { wrong: 'day_first', meant: '2026-12-25' });
  assert.deepEqual(readDate('29.2.2028', 'en-US', TODAY), { wrong: 'month_first', meant: '2028-02-29' });
  assert.equal(read('29.2.2028', 'en-GB'), '2028-02-29');
  assert.equal(read('29.2.2027', 'en-US'), 'no_such_day');
  assert.equal(read('Monday 12/25/2026', 'en-GB'), 'no_such_day');
});

test('the year first is ISO everywhere', () => {
  for (const locale of [...DAY_FIRST, 'en-US']) {
    for (const text of ['2026-12-09', '2026/12/9', '20261209']) assert.equal(read(text, locale), '2026-12-09', text);
  }
});

test('names of months are read in the language of the person and in English', () => {
  const typed = {
    'en-GB': ['3 Dec', '3 December 2026', 'Dec 3', '3rd of December', '3 dec 26', 'Thursday, 3 December', '3-Dec-2026'],
    'en-US': ['Dec 3', 'December 3rd, 2026', '3 Dec 2026'],
    'sl-SI': ['3. december', '3. decembra 2026', '3. dec.', 'čet., 3. dec. 2026', 'cetrtek 3. december', '3 Dec'],
    'de-DE': ['3. Dezember', '3. Dez. 2026', 'Donnerstag, 3. Dezember 2026', 'December 3'],
  };
  for (const [locale, texts] of Object.entries(typed)) {
    for (const text of texts) assert.equal(read(text, locale), '2026-12-03', `${text} in ${locale}`);
  }
  assert.equal(read('1. März', 'de'), '2027-03-01');
  assert.equal(read('1. marz', 'de'), '2027-03-01');
  assert.equal(read('9 Sept', 'en-GB'), '2027-09-09');
});

test('without a year the next such day is meant, today included', () => {
  assert.equal(read('29.11.', 'sl-SI'), '2026-11-29');
  assert.equal(read('28.11.', 'sl-SI'), '2027-11-28');
  assert.equal(read('3 Jan', 'en-GB'), '2027-01-03');
  assert.equal(read('29.2.', 'sl-SI'), '2028-02-29');
});

test('near days have names', () => {
  assert.equal(read('today', 'sl-SI'), '2026-11-29');
  assert.equal(read('Tomorrow', 'en-GB'), '2026-11-30');
  assert.equal(read('danes', 'sl-SI'), '2026-11-29');
  assert.equal(read('jutri', 'sl-SI'), '2026-11-30');
  assert.equal(read('pojutrišnjem', 'sl-SI'), '2026-12-01');
  assert.equal(read('heute', 'de-DE'), '2026-11-29');
  assert.equal(read('Friday', 'en-GB'), '2026-12-04');
  assert.equal(read('petek', 'sl-SI'), '2026-12-04');
});

test('what is no date is never one', () => {
  const typed = {
    empty: ['', '  '],
    unreadable: [
      'x',
      '9',
      '9.12.202',
      '9.12.20267',
      '1.2.3.4',
      '25:99',
      '-1.2.2026',
      '3 Dec Jan',
      '9.12.2026 at 10',
      '+3',
    ],
    no_such_day: ['31.4.2026', '30 Feb', '29.2.2027', '0.1.2027', '13.13.2027', '2027-13-01'],
    other_weekday: ['Mon 9 December 2026', 'Sunday, 9/12/2026'],
    far_year: ['9.12.1926', '9.12.2200', '9 Dec 9999'],
  };
  for (const [wrong, texts] of Object.entries(typed)) {
    for (const text of texts) assert.equal(read(text, 'en-GB'), wrong, text);
  }
});

const LOCALES = ['en-GB', 'en-US', 'en-AU', 'en-IN', 'en-CA', 'en-ZA', 'en-IE', 'sl-SI', 'de-DE', 'de-AT', 'de-CH'];
const FORMS: Intl.DateTimeFormatOptions[] = [
  { dateStyle: 'medium' },
  { dateStyle: 'long' },
  { dateStyle: 'full' },
  { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  { day: '2-digit', month: 'short', year: '2-digit' },
];

test('whatever a page can show is read as the day that it shows', () => {
  for (const locale of LOCALES) {
    const formats = FORMS.map((form) => new Intl.DateTimeFormat(locale, { ...form, timeZone: 'UTC' }));
    for (let days = 0; days < 400; days += 1) {
      const date = Temporal.PlainDate.from('2027-12-01').add({ days }).toString();
      const texts = formats.map((format) => format.format(new Date(`${date}T12:00Z`)));
      for (const own of [dateFieldText, numericDateText, longDateText]) texts.push(own(date, locale));
      for (const text of texts) assert.equal(read(text, locale), date, `${text} in ${locale}`);
    }
  }
});

test('numbers alone are read as the platform writes them, in all locales that write the day or the year first', () => {
  for (const locale of ['en-GB', 'en-US', 'en-AU', 'en-IN', 'en-CA', 'en-ZA', 'en-IE', 'sl-SI', 'de-DE', 'de-AT']) {
    for (const style of ['2-digit', 'numeric'] as const) {
      const form = { day: style, month: style, year: 'numeric', timeZone: 'UTC' } as const;
      const format = new Intl.DateTimeFormat(locale, form);
      for (let days = 0; days < 400; days += 1) {
        const date = Temporal.PlainDate.from('2026-01-01').add({ days }).toString();
        const text = format.format(new Date(`${date}T12:00Z`));
        assert.equal(read(text, locale), date, `${text} in ${locale}`);
      }
    }
  }
});
