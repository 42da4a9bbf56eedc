/** When a page cannot be drawn. It recovers when one goes elsewhere, and when the server can be reached again. */
import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { onHealed, useReach } from '../api/reach';
import { useWords } from '../words/use-words';
import { Empty } from './empty';
import { Attempt, NotLoaded } from './lazily';

interface Guarded {
  children: ReactNode;
  place: string;
}

interface State {
  error: unknown;
  /** Where it happened: another place is tried afresh. */
  place: string;
  attempt: object;
}

class Guard extends Component<Guarded, State> {
  override state: State = { error: null, place: this.props.place, attempt: {} };
  private stop = () => {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps({ place }: Guarded, state: State) {
    return place === state.place ? null : { error: null, place, attempt: {} };
  }

  override componentDidMount() {
    this.stop = onHealed(() => this.state.error && this.setState({ error: null, attempt: {} }));
  }

  override componentWillUnmount() {
    this.stop();
  }

  override render() {
    const { error, attempt } = this.state;
    return error ? <Shown error={error} /> : <Attempt value={attempt}>{this.props.children}</Attempt>;
  }
}

export function Mishap({ children }: { children: ReactNode }) {
  const [place] = useLocation();
  return <Guard place={place}>{children}</Guard>;
}

function Shown({ error }: { error: unknown }) {
  const { t } = useWords();
  const reached = useReach() === 'reached'; // becomes known a moment later
  const what = error instanceof NotLoaded ? (reached ? 'newer' : 'away') : 'mishap';
  return (
    <div role="alert">
      <Empty title={t(`shell.${what}`)} text={t(`shell.${what}_next`)}>
        {what !== 'away' && <Button onClick={() => window.location.reload()}>{t('shell.reload')}</Button>}
      </Empty>
    </div>
  );
}
