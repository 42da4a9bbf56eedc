/**
 * FullCalendar's dragging, counted from where a session is gripped.
 *
 * It counts from the middle of the half hour that is gripped instead, and that lies on the line between two quarters:
 * gripped in the first one, a session that is dragged purely sideways starts a quarter of an hour later.
 */

import interaction from '@fullcalendar/react/interaction';

type PluginInput = typeof interaction;
type Interaction = NonNullable<PluginInput['componentInteractions']>[number];

function fromTheGrip(Kind: Interaction): Interaction {
  return class extends Kind {
    constructor(settings: ConstructorParameters<Interaction>[0]) {
      super({ ...settings, useEventCenter: false });
    }
  };
}

export const dragging: PluginInput = {
  ...interaction,
  componentInteractions: interaction.componentInteractions?.map(fromTheGrip),
};
