import { useEffect } from 'react';

/** Of the browser's tab: the page first, since tabs are narrow. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Calendra`;
  }, [title]);
}
