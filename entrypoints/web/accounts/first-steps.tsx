/** What the practice still needs until its first session with a link. It stays until that is there, blocks nothing,
 * and each step leads to where it is done. */
import { ActionIcon, Button, Modal, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconCircle, IconCircleCheckFilled, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useId, useState } from 'react';
import { useLocation } from 'wouter';
import { consultantsQuery, firstStepsQuery, providersQuery } from '../api/queries';
import type { FirstStep } from '../api/types';
import { useOpenedSession } from '../booking/open-session';
import { useDeparture } from '../connection/use-departure';
import { lazily } from '../shell/lazily';
import { tell } from '../shell/tell';
import { useWords } from '../words/use-words';
import { settle } from './first-steps-shown';
import { Invite } from './invite';
import classes from './practice.module.css';
import { isConsultant, useMe } from './signed-in';

const HoldSessions = lazily(() => import('./hold-sessions'));
const PracticeForm = lazily(() => import('./practice-form'));

export default function FirstSteps({ onGone }: { onGone: () => void }) {
  const me = useMe();
  const { t } = useWords();
  const id = useId();
  const [path] = useLocation();
  const { data: steps } = useQuery(firstStepsQuery);
  const [toggled, setToggled] = useState<boolean | null>(null);
  const narrow = useMediaQuery('(max-width: 48em)');
  const done = steps?.every((one) => one.done || one.optional);
  useEffect(() => {
    if (done) settle(me.id);
  }, [done, me.id]);
  if (!steps || done) return null;
  const opened = toggled ?? (path === '/' && !narrow);
  const next = steps.find((one) => !one.done && !one.optional);
  const count = steps.filter((one) => one.done).length;
  const dismiss = () => {
    settle(me.id);
    tell(t('practice.steps.dismissed'));
    onGone();
  };
  return (
    <section className={classes.steps} aria-labelledby={id}>
      <div className={classes.stepsHead}>
        <h2 id={id} className={classes.stepsTitle} style={{ margin: 0, fontSize: '0.95rem' }}>
          {t('practice.steps.title')}
        </h2>
        <Text size="sm" c="dimmed">
          {t('practice.steps.progress', { count, of: steps.length })}
        </Text>
        {!opened && next && <Next step={next} />}
        <div className={classes.stepsTools}>
          <UnstyledButton
            aria-expanded={opened}
            onClick={() => setToggled(!opened)}
            className="quiet-link"
            style={{ display: 'inline-flex', alignItems: 'center', gap: 4, minHeight: 28 }}
          >
            {t(opened ? 'practice.steps.fold' : 'practice.steps.unfold')}
            {opened ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
          </UnstyledButton>
          <ActionIcon variant="subtle" color="gray" aria-label={t('practice.steps.dismiss')} onClick={dismiss}>
            <IconX size={18} />
          </ActionIcon>
        </div>
      </div>
      {opened && (
        <ol className={classes.stepList}>
          {steps.map((one) => (
            <Step key={one.step} step={one} next={one === next} />
          ))}
        </ol>
      )}
    </section>
  );
}

const ACTIONS: Record<FirstStep['step'], () => ReactNode> = {
  practice: SetUp,
  consultant: () => (
    <Suspense fallback={null}>
      <HoldSessions />
    </Suspense>
  ),
  colleague: () => <Invite size="xs" variant="default" />,
  connection: Connect,
  session: Book,
};

/** Folded, the one step that comes next can still be taken. */
function Next({ step }: { step: FirstStep }) {
  const { t } = useWords();
  const Action = ACTIONS[step.step];
  return (
    <>
      <Text size="sm">{t('practice.steps.next', { what: t(`practice.steps.${step.step}.title`) })}</Text>
      <Action />
    </>
  );
}

function Step({ step, next }: { step: FirstStep; next: boolean }) {
  const { t } = useWords();
  const Action = ACTIONS[step.step];
  return (
    <li className={classes.step} data-done={step.done || undefined} data-next={next || undefined}>
      <span className={classes.mark}>
        {step.done ? (
          <IconCircleCheckFilled size={22} aria-hidden />
        ) : (
          <IconCircle size={22} stroke={1.5} aria-hidden />
        )}
      </span>
      <div>
        <Text fw={600} size="sm">
          {t(`practice.steps.${step.step}.title`)}
          {step.done && <span className="only-heard">: {t('practice.steps.done')}</span>}
          {step.optional && !step.done && (
            <Text span size="sm" c="dimmed" fw={400}>
              {' '}
              {t('practice.steps.optional')}
            </Text>
          )}
        </Text>
        {!step.done && (
          <Text size="sm" c="dimmed">
            {t(`practice.steps.${step.step}.text`)}
          </Text>
        )}
      </div>
      {/* More than one colleague may come; and the dialog with the link must outlast the step. */}
      {(!step.done || step.step === 'colleague') && (
        <div className={classes.action}>
          <Action />
        </div>
      )}
    </li>
  );
}

function SetUp() {
  const { t } = useWords();
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Button size="xs" onClick={dialog.open}>
        {t('practice.steps.practice.action')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t('practice.settings.title')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <Suspense fallback={null}>
          <PracticeForm onSaved={dialog.close} />
        </Suspense>
      </Modal>
    </>
  );
}

/** People connect their own accounts; a person who holds no sessions sees who does. */
function Connect() {
  const me = useMe();
  const { t } = useWords();
  const depart = useDeparture();
  const [, navigate] = useLocation();
  const { data: providers = [] } = useQuery(providersQuery);
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const [only] = providers;
  if (isConsultant(me) && only && providers.length === 1) {
    return (
      <Button size="xs" onClick={() => void depart(only.provider)}>
        {t('connections.connect', { label: only.label })}
      </Button>
    );
  }
  return (
    <Button size="xs" disabled={!consultants.length} onClick={() => navigate('/connections')}>
      {t('practice.steps.connection.action')}
    </Button>
  );
}

function Book() {
  const { t } = useWords();
  const { openNew } = useOpenedSession();
  const { data: consultants = [] } = useQuery(consultantsQuery);
  return (
    <Button size="xs" disabled={!consultants.length} onClick={() => openNew()}>
      {t('practice.steps.session.action')}
    </Button>
  );
}
