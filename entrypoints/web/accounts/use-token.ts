/** The token of a one-time link stands behind the # of the address, where no server and no other site sees it. */
import { useEffect, useState } from 'react';

function read(): string {
  return window.location.hash.slice(1);
}

export function useToken(): string {
  const [token, setToken] = useState(read);
  useEffect(() => {
    const again = () => setToken(read());
    window.addEventListener('hashchange', again);
    return () => window.removeEventListener('hashchange', again);
  }, []);
  return token;
}
