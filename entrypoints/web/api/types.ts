import type { components } from '../generated/schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type Session = Schemas['BookingView'];
export type Meeting = Schemas['MeetingView'];
export type Consultant = Schemas['ConsultantShown'];
export type Connection = Schemas['ConnectionShown'];
export type Tidying = Schemas['TidyingShown'];
/** As a session shows one; what more is known of them comes with the clients' own addresses. */
export type Client = Schemas['ClientView'] & Partial<Schemas['ClientShown']>;
export type KnownClient = Schemas['ClientShown'];
export type Draft = Schemas['DraftShown'];
export type HistoryLine = Schemas['HistoryLine'];
export type Help = Schemas['HelpFacts'];
export type ErasureOutlook = Schemas['ErasureOutlookShown'];
export type Receipt = Schemas['ReceiptShown'];
export type Person = Schemas['PersonShown'];
export type Role = Schemas['Role'];
export type Invitation = Schemas['InvitationShown'];
export type MadeInvitation = Schemas['InvitationMade'];
export type FirstStep = Schemas['FirstStepShown'];
