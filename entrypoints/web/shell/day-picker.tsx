/** A month to choose a day from, in the person's language; a module of its own, loaded when it is first opened. */
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/sl';
import { DatePicker } from '@mantine/dates';
import { longDateText } from '../words/dates';
import { firstDayOfWeek } from '../words/locale';
import { useWords } from '../words/use-words';

interface Choosing {
  value: string | null;
  today: string;
  /** The month that is shown first, when it is not the one of `value`. */
  shows?: string;
  autoFocus?: boolean;
  onChoose: (date: string) => void;
}

export default function DayPicker({ value, today, shows, autoFocus, onChoose }: Choosing) {
  const { t, language, locale } = useWords();
  return (
    <DatePicker
      ref={(element) => {
        if (autoFocus) (element?.querySelector('[data-selected]') as HTMLElement | null)?.focus();
      }}
      value={value}
      defaultDate={shows ?? value ?? today}
      onChange={(date) => date && onChoose(date)}
      __stopPropagation // Escape closes the month and not what it lies over
      weekendDays={[]}
      hideOutsideDates
      locale={language}
      firstDayOfWeek={firstDayOfWeek(locale)}
      getDayProps={(date) => (date === today ? { 'aria-current': 'date', 'data-today': true } : {})}
      getDayAriaLabel={(date) => longDateText(date, locale)}
      ariaLabels={{
        previousMonth: t('picker.previous_month'),
        nextMonth: t('picker.next_month'),
        previousYear: t('picker.previous_year'),
        nextYear: t('picker.next_year'),
        previousDecade: t('picker.previous_decade'),
        nextDecade: t('picker.next_decade'),
      }}
    />
  );
}
