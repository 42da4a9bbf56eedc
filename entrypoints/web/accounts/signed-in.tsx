/** Pages for signed-in people; others sign in first and then reach the page. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { believe } from '../api/account';
import { Problem, Unreachable } from '../api/problem';
import { meQuery } from '../api/queries';
import type { Me } from '../api/types';
import { forgetWeek, keptWeek } from '../offline/kept-week';
import { OfflineWeek } from '../offline/offline-week';
import { FirstFrame } from '../shell/first-frame';
import { Outside } from '../shell/outside';
import { Trouble } from '../shell/trouble';
import { type Language, speak } from '../words';
import { useWords } from '../words/use-words';
import { substituteZones } from '../words/zone';
import { SignInForm } from './sign-in-form';

const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('only within SignedIn');
  return me;
}

export function isAdmin(me: Me) {
  return me.roles.includes('admin');
}

export function isConsultant(me: Me) {
  return me.roles.includes('consultant');
}

export function SignedIn({ children, intro }: { children: ReactNode; intro?: ReactNode }) {
  const { data: me, error, refetch } = useQuery(meQuery);
  const { t } = useWords();
  const language = me ? (me.language ?? me.practice.language) : undefined;
  const first = useRef<Me | null>(null); // the account of this page; another account gets a new page
  if (me && (!first.current || first.current.id === me.id)) first.current = me;
  const id = me?.id;
  useEffect(() => {
    if (id) believe(id);
  }, [id]);
  useEffect(() => {
    if (language !== undefined) void speak(language as Language | null).catch(() => {}); // English until then
  }, [language]);
  if (first.current) substituteZones([first.current.zone, first.current.practice.zone]);
  const signedOut = error instanceof Problem && error.status === 401;
  useEffect(() => {
    if (signedOut) forgetWeek();
  }, [signedOut]);
  if (first.current) return <MeContext value={first.current}>{children}</MeContext>;
  if (signedOut) {
    return (
      <Outside title={t('sign_in.title')}>
        {intro}
        <SignInForm />
      </Outside>
    );
  }
  const week = error instanceof Unreachable && keptWeek();
  if (week) return <OfflineWeek week={week} />;
  if (error) {
    return (
      <Outside title={t('shell.cannot_load')}>
        <Trouble error={error} />
        <Button onClick={() => void refetch()}>{t('shell.try_again')}</Button>
      </Outside>
    );
  }
  return <FirstFrame />;
}
