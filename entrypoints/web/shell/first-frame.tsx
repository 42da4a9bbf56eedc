import { useWords } from '../words/use-words';
import icon from './icon.svg';

/** The frame of the page while its content is unknown, the same as in index.html. */
export function FirstFrame() {
  const { t } = useWords();
  return (
    <div className="first" role="status" aria-label={t('shell.loading')}>
      <div className="first-rail">
        <img src={icon} alt="" width={28} height={28} />
      </div>
      <FirstSheet />
    </div>
  );
}

/** Its sheet alone, within a frame that is there. */
export function FirstSheet() {
  return (
    <div className="first-sheet">
      <div className="first-bar">
        <i />
        <i />
      </div>
      <div className="first-days" />
    </div>
  );
}
