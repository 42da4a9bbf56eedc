/** Views of FullCalendar with one column per consultant, for a day and for the days of a working week. Made of the parts
 * that its own time grid is made of. */
import {
  buildDateRowConfig,
  buildDayCols,
  createDayHeaderFormatter,
  DateComponent,
  type DateFormatter,
  type DateMarker,
  type DateSpan,
  DayTimeColsSlicer,
  type EventDef,
  memoize,
  NowTimer,
  organizeSegsByCol,
  type SplittableProps,
  Splitter,
  splitInteractionByCol,
  TimeGridLayout,
  type ViewProps,
} from '@fullcalendar/react/protected-api';
import timeGrid from '@fullcalendar/react/timegrid';
import type { ComponentProps, ReactNode } from 'react';
import { ScrollerSync } from './scroller-sync';

/** The consultants with a column, and its header. */
export interface Column {
  id: string;
  header: ReactNode;
}

/** The place of a click, selection or drop, as FullCalendar passes it. */
export interface InColumn {
  consultantId?: string;
}

type Slicers = Map<string, DayTimeColsSlicer>;

class ConsultantSplitter extends Splitter<SplittableProps & { columns: Column[] }> {
  getKeyInfo({ columns }: { columns: Column[] }) {
    return Object.fromEntries(columns.map((one) => [one.id, {}]));
  }
  getKeysForDateSpan(span: DateSpan): string[] {
    return [span.consultantId];
  }
  getKeysForEventDef(event: EventDef): string[] {
    return [event.extendedProps.consultantId];
  }
}

class ConsultantColumns extends DateComponent<ViewProps> {
  private splitter = new ConsultantSplitter();
  private slicers: Slicers = new Map();
  private headerFormat = memoize(createDayHeaderFormatter);
  private days = memoize(buildDayCols);

  render() {
    const { props, context } = this;
    const { dateProfile } = props;
    const { options, dateEnv, dateProfileGenerator } = context;
    const columns = columnsOf(options);
    const days = this.days(dateProfile, dateProfileGenerator, dateEnv, dateProfile);
    const ranges = days.map((day) => day.range);
    const format = this.headerFormat(options.dayHeaderFormat as DateFormatter, true, days.length);
    const split = this.splitter.splitProps({ ...props, columns });
    return (
      <NowTimer unit="minute">
        {(now, today, nowMs) => {
          const each = columns.map((one) => {
            const slicer = this.slicerOf(one.id);
            const segs = slicer.sliceProps(
              split[one.id] as Parameters<DayTimeColsSlicer['sliceProps']>[0],
              dateProfile,
              null,
              context,
              ranges,
            );
            const line = props.forPrint ? [] : slicer.sliceNowDate(now, dateProfile, null, context, ranges);
            return byDay(segs, line, days.length);
          });
          const cells = days.flatMap((day) =>
            columns.map((one) => ({
              ...day,
              key: `${day.key} ${one.id}`,
              dateSpanProps: { consultantId: one.id },
              attrs: { 'data-consultant': one.id },
            })),
          );
          const inOrder = <T,>(of: (one: (typeof each)[number]) => T[]) =>
            days.flatMap((_, day) => each.map((one) => of(one)[day] as T));
          const dates = days.map((day) => day.date);
          const dayRow = buildDateRowConfig(dates, true, dateProfile, today, format, context, columns.length) as Tier;
          const whose = consultantRow(options.dayHeaderClass, dates, columns);
          return (
            <TimeGridLayout
              labelId={props.labelId}
              labelStr={props.labelStr}
              dateProfile={dateProfile}
              nowDate={now}
              nowMs={nowMs}
              todayRange={today}
              cells={cells}
              forPrint={props.forPrint}
              className={props.className ?? ''}
              isHitComboAllowed={(from, to) => from.dateSpan.consultantId === to.dateSpan.consultantId}
              headerTiers={days.length > 1 ? [dayRow, whose] : [whose]}
              fgEventSegs={[]}
              bgEventSegs={[]}
              businessHourSegs={[]}
              dateSelectionSegs={[]}
              eventDrag={null}
              eventResize={null}
              fgEventSegsByCol={inOrder((one) => one.events)}
              bgEventSegsByCol={inOrder((one) => one.background)}
              businessHourSegsByCol={inOrder((one) => one.hours)}
              nowIndicatorSegsByCol={inOrder((one) => one.now)}
              dateSelectionSegsByCol={inOrder((one) => one.selection)}
              eventDragByCol={inOrder((one) => one.drag)}
              eventResizeByCol={inOrder((one) => one.resize)}
              eventSelection={props.eventSelection}
            />
          );
        }}
      </NowTimer>
    );
  }

  private slicerOf(id: string): DayTimeColsSlicer {
    const slicer = this.slicers.get(id) ?? new DayTimeColsSlicer();
    this.slicers.set(id, slicer);
    return slicer;
  }
}

function columnsOf(options: object): Column[] {
  return (options as { columns?: Column[] }).columns ?? [];
}

type Sliced = ReturnType<DayTimeColsSlicer['sliceProps']>;

function byDay(segs: Sliced, now: ReturnType<DayTimeColsSlicer['sliceNowDate']>, days: number) {
  return {
    events: organizeSegsByCol(segs.fgEventSegs, days),
    background: organizeSegsByCol(segs.bgEventSegs, days),
    hours: organizeSegsByCol(segs.businessHourSegs, days),
    now: organizeSegsByCol(now, days),
    selection: organizeSegsByCol(segs.dateSelectionSegs, days),
    drag: splitInteractionByCol(segs.eventDrag, days),
    resize: splitInteractionByCol(segs.eventResize, days),
  };
}

type Tier = ComponentProps<typeof TimeGridLayout>['headerTiers'][number];

/** Under each day, each consultant once. */
function consultantRow(classes: unknown, dates: DateMarker[], columns: Column[]): Tier {
  return {
    isDateRow: false,
    renderConfig: {
      generatorName: 'consultantHeader',
      customGenerator: ({ header }: { header: ReactNode }) => header,
      classNameGenerator: classes,
      align: 'start',
      sticky: false,
    },
    dataConfigs: dates.flatMap((date) =>
      columns.map(({ id, header }) => ({
        key: `${date.toISOString()} ${id}`,
        dateMarker: date,
        renderProps: { header, text: '', isDisabled: false },
        attrs: { 'data-consultant': id },
      })),
    ),
  } as unknown as Tier;
}

interface Hit {
  dateSpan: DateSpan;
}

/** A selection stays with one consultant; a session that is dropped elsewhere changes its consultant. */
const inColumn = (span: DateSpan): InColumn => (span.consultantId ? { consultantId: span.consultantId } : {});

export const consultantColumns = {
  name: 'consultant-columns',
  deps: [timeGrid],
  views: {
    consultantDay: { type: 'timeGrid', component: ConsultantColumns, duration: { days: 1 } },
    consultantWeek: { type: 'timeGrid', component: ConsultantColumns, duration: { weeks: 1 }, hiddenDays: [0, 6] },
  },
  scrollerSyncerClass: ScrollerSync,
  optionRefiners: { columns: (raw: Column[]) => raw },
  dateSpanTransforms: [inColumn],
  datePointTransforms: [inColumn],
  dateSelectionTransformers: [(from: Hit, to: Hit) => (sameColumn(from, to) ? inColumn(from.dateSpan) : false)],
  eventDragMutationMassagers: [
    (mutation: { extendedProps?: object }, from: Hit, to: Hit) => {
      if (!sameColumn(from, to)) mutation.extendedProps = inColumn(to.dateSpan);
    },
  ],
};

function sameColumn(from: Hit, to: Hit): boolean {
  return from.dateSpan.consultantId === to.dateSpan.consultantId;
}
