/** Keeps the header, the hours and the columns of a calendar together while any of them is scrolled. FullCalendar lets a
 * plugin say how; without one it cannot give its days a least width. */
import type { ScrollerSyncerInterface } from '@fullcalendar/react/protected-api';

type Child = Parameters<ScrollerSyncerInterface['handleChildren']>[0][number] & { el?: HTMLElement | null };
type OnStart = (isDevice: boolean) => void;
type OnScroll = (isDevice: boolean, scroll: number) => void;

export class ScrollerSync implements ScrollerSyncerInterface {
  private children: Child[] = [];
  private unlisten: (() => void)[] = [];
  private starts = new Set<OnStart>();
  private scrolls = new Set<OnScroll>();
  private ends = new Set<OnStart>();

  constructor(private horizontal = false) {}

  handleChildren(scrollers: (Child | null)[]) {
    const present = scrollers.filter((one): one is Child => Boolean(one?.el));
    if (present.length === this.children.length && present.every((one, place) => one === this.children[place])) return;
    this.destroy();
    this.children = present;
    const main = largest(present);
    for (const one of present) {
      if (one !== main) this.lead(one.el as HTMLElement, main);
      const follow = () => this.follow(one);
      const end = () => {
        for (const heard of this.ends) heard(true);
      };
      const el = one.el as HTMLElement;
      el.addEventListener('scroll', follow, { passive: true });
      el.addEventListener('scrollend', end);
      this.unlisten.push(() => {
        el.removeEventListener('scroll', follow);
        el.removeEventListener('scrollend', end);
      });
    }
  }

  destroy() {
    for (const stop of this.unlisten) stop();
    this.unlisten = [];
    this.children = [];
  }

  /** The parts beside the main part do not scroll by themselves, so they need no keyboard focus. */
  private lead(el: HTMLElement, main: Child | undefined) {
    const turn = (event: WheelEvent) => main?.el?.scrollBy({ left: event.deltaX, top: event.deltaY });
    el.style.overflow = 'hidden';
    el.addEventListener('wheel', turn, { passive: true });
    this.unlisten.push(() => el.removeEventListener('wheel', turn));
  }

  private follow(moved: Child) {
    const at = this.horizontal ? moved.x : moved.y;
    for (const other of this.children) {
      const there = this.horizontal ? other.x : other.y;
      if (other !== moved && there !== at) other.scrollTo(this.horizontal ? { x: at } : { y: at });
    }
    for (const heard of this.scrolls) heard(true, at);
  }

  get x(): number {
    return this.children.at(-1)?.x ?? 0;
  }

  get y(): number {
    return this.children.at(-1)?.y ?? 0;
  }

  scrollTo(to: { x?: number; y?: number }) {
    for (const one of this.children) one.scrollTo(to);
  }

  addScrollStartListener(handler: OnStart) {
    this.starts.add(handler);
  }
  removeScrollStartListener(handler: OnStart) {
    this.starts.delete(handler);
  }
  addScrollListener(handler: OnScroll) {
    this.scrolls.add(handler);
  }
  removeScrollListener(handler: OnScroll) {
    this.scrolls.delete(handler);
  }
  addScrollEndListener(handler: OnStart) {
    this.ends.add(handler);
  }
  removeScrollEndListener(handler: OnStart) {
    this.ends.delete(handler);
  }
}

function largest(children: Child[]): Child | undefined {
  const area = ({ el }: Child) => (el ? el.clientWidth * el.clientHeight : 0);
  return children.toSorted((one, other) => area(other) - area(one))[0];
}
