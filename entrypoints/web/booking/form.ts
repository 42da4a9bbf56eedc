/** The session form: its fields, the request to the API, and the changes. */

import type { Client, Draft, Session } from '../api/types';
import type { components } from '../generated/schema';
import { instantsOf, type WallSlot, wallSlot } from './times.ts';

export type FormBody = components['schemas']['BookingForm'];
export type EditBody = components['schemas']['BookingEdit'];

export interface Form {
  consultantId: string;
  clients: Client[];
  slot: WallSlot;
  title: string;
  notes: string;
  online: boolean;
  provider: string | null;
}

export type Field = keyof Form;

export function formOf(session: Session): Form {
  return {
    consultantId: session.consultant_id,
    clients: session.clients,
    slot: wallSlot(session.starts_at, session.ends_at, session.zone),
    title: session.title,
    notes: session.notes,
    online: session.online,
    provider: session.provider ?? null,
  };
}

export function bodyOfForm(form: Form): FormBody {
  return {
    consultant_id: form.consultantId,
    client_ids: form.clients.map((client) => client.id),
    ...instantsOf(form.slot),
    zone: form.slot.zone,
    title: form.title,
    notes: form.notes,
    online: form.online,
    provider: form.online ? form.provider : null,
  };
}

/** The fields in which two forms differ. */
export function differing(one: Form, other: Form): Field[] {
  const differs: Record<Field, boolean> = {
    consultantId: one.consultantId !== other.consultantId,
    clients: ids(one.clients) !== ids(other.clients),
    slot: Object.keys(slotEdit(one.slot, other.slot)).length > 0,
    title: one.title !== other.title,
    notes: one.notes !== other.notes,
    online: one.online !== other.online,
    provider: (one.online ? one.provider : null) !== (other.online ? other.provider : null),
  };
  return (Object.keys(differs) as Field[]).filter((field) => differs[field]);
}

/** Whether saving makes a meeting anew, for which the consultant has to be connected. `base` null: a new session. */
export function needsFreshLink(base: Form | null, form: Form): boolean {
  if (!form.online) return false;
  return !base?.online || base.provider !== form.provider || base.consultantId !== form.consultantId;
}

/** Whether saving leaves a meeting in an account that Calendra cannot reach: for a new one, or for none. */
export function leavesMeetingBehind(session: Session, base: Form, form: Form): 'replaced' | 'given_up' | null {
  if (session.meeting.reason !== 'other_account' || !session.meeting.join_link) return null;
  const changed = differing(base, form);
  if (!changed.some((one) => ['slot', 'title', 'consultantId', 'provider', 'online'].includes(one))) return null;
  return form.online ? 'replaced' : 'given_up';
}

/** Only the changed fields: an untouched time is not sent, so that its seconds and other people's changes stay. */
export function editBody(base: Form, form: Form): EditBody {
  const all = bodyOfForm(form);
  const edit: EditBody = {};
  for (const field of differing(base, form)) {
    if (field === 'consultantId') edit.consultant_id = all.consultant_id;
    if (field === 'clients') edit.client_ids = all.client_ids;
    if (field === 'slot') Object.assign(edit, slotEdit(base.slot, form.slot));
    if (field === 'title') edit.title = all.title;
    if (field === 'notes') edit.notes = all.notes;
    if (field === 'online') edit.online = all.online;
    if (field === 'provider' && form.online) edit.provider = all.provider;
  }
  return edit;
}

/** The draft as the server stores it: without the time while that is incomplete. */
export function keptBody(edits: boolean, base: Form, form: Form): EditBody {
  try {
    return edits ? editBody(base, form) : bodyOfForm(form);
  } catch {
    const { clients, title, notes, online, consultantId } = form;
    const client_ids = clients.map((client) => client.id);
    const provider = online ? form.provider : null;
    return { consultant_id: consultantId, client_ids, title, notes, online, ...(provider && { provider }) };
  }
}

/** Whether a form that this browser kept can be shown: another release of the page may have written it. */
export function hasShapeOf(base: Form, kept: Form): boolean {
  return shape(base) === shape(kept) && shape(base.slot) === shape(kept.slot) && Array.isArray(kept.clients);
}

function shape(value: object): string {
  return Object.keys(value ?? {})
    .sort()
    .join();
}

/** By the time that is meant, not by its spelling. */
function slotEdit(base: WallSlot, slot: WallSlot): Pick<EditBody, 'starts_at' | 'ends_at' | 'zone'> {
  const [before, after] = [instantsOf(base), instantsOf(slot)];
  return {
    ...(before.starts_at !== after.starts_at && { starts_at: after.starts_at }),
    ...(before.ends_at !== after.ends_at && { ends_at: after.ends_at }),
    ...(base.zone !== slot.zone && { zone: slot.zone }),
  };
}

/** A draft, applied to what the form would show otherwise. `clients` are the draft's clients. */
export function withDraft(base: Form, draft: Draft, clients: Client[]): Form {
  const kept = draft.form as Partial<FormBody>;
  const online = kept.online ?? base.online;
  const untouched = instantsOf(base.slot);
  return {
    consultantId: kept.consultant_id ?? base.consultantId,
    clients: kept.client_ids ? clients.filter((client) => kept.client_ids?.includes(client.id)) : base.clients,
    slot: wallSlot(
      kept.starts_at ?? untouched.starts_at,
      kept.ends_at ?? untouched.ends_at,
      kept.zone ?? base.slot.zone,
    ),
    title: kept.title ?? base.title,
    notes: kept.notes ?? base.notes,
    online,
    provider: online ? (kept.provider ?? base.provider) : base.provider,
  };
}

function ids(clients: Client[]): string {
  return clients.map((client) => client.id).join();
}
