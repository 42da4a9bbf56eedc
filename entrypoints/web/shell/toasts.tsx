import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';

/** Below the middle, or at the top of a phone: away from navigation, the account with its menu, and every Save. */
export function Toasts() {
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768);
  return (
    <Notifications position={narrow ? 'top-center' : 'bottom-center'} limit={narrow ? 2 : 4} containerWidth={380} />
  );
}
