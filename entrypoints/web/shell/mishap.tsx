/** When a page cannot be drawn: usually a new version was put in place while this one was open. */
import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useWords } from '../words/use-words';
import { Empty } from './empty';

export class Mishap extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Reload /> : this.props.children;
  }
}

function Reload() {
  const { t } = useWords();
  return (
    <div role="alert">
      <Empty title={t('shell.mishap')} text={t('shell.mishap_next')}>
        <Button onClick={() => window.location.reload()}>{t('shell.reload')}</Button>
      </Empty>
    </div>
  );
}
