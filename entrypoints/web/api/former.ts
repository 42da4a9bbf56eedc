/** A person whose data were erased has no name; the page gives them a neutral one in the reader's language. */
import i18next from 'i18next';

export function named<S extends { consultant: string }>(session: S): S {
  return session.consultant ? session : { ...session, consultant: i18next.t('practice.people.former') };
}

export function allNamed<S extends { consultant: string }, P extends { items: S[] }>(page: P): P {
  return { ...page, items: page.items.map(named) };
}
