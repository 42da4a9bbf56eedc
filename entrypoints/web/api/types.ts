import type { components } from '../generated/schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type Session = Schemas['BookingView'];
export type Meeting = Schemas['MeetingState'];
export type Consultant = Schemas['ConsultantResponse'];
export type Connection = Schemas['ConnectionResponse'];
export type OrphanSweep = Schemas['OrphanSweepResponse'];
/** A client as a session shows it; the clients' own routes have the rest. */
export type Client = Schemas['ClientView'] & Partial<Schemas['ClientResponse']>;
export type KnownClient = Schemas['ClientResponse'];
export type Draft = Schemas['DraftResponse'];
export type HistoryLine = Schemas['AuditEntryResponse'];
export type Help = Schemas['HelpFacts'];
export type ErasurePreview = Schemas['ErasurePreviewResponse'];
export type Receipt = Schemas['ReceiptResponse'];
export type Person = Schemas['PersonResponse'];
export type EndingPreview = Schemas['EndingPreviewResponse'];
export type EndedAccount = Schemas['EndedAccountResponse'];
export type SecurityEvent = Schemas['SecurityEventResponse'];
export type Role = Schemas['Role'];
export type SingleSignOn = Schemas['SingleSignOnResponse'];
export type Invitation = Schemas['InvitationResponse'];
export type MadeInvitation = Schemas['InvitationMade'];
export type Login = Schemas['LoginResponse'];
export type SecondFactor = Schemas['SecondFactorResponse'];
export type SecondStep = Schemas['SecondStepNeeded'];
export type FirstStep = Schemas['FirstStepResponse'];
