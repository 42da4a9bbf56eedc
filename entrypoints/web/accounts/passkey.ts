/** Passkeys: WebAuthn of the browser, whose options and credentials the API has as JSON. */
import { api, bodyOf } from '../api/client';
import type { Me } from '../api/types';

type Json = Record<string, unknown>;

/** The person closed the browser's window, or had no passkey to choose. Nothing was sent. */
export class Cancelled extends Error {}

/** This device has a passkey of this account already. */
export class AlreadyHere extends Error {}

export const hasPasskeys = typeof PublicKeyCredential === 'function' && Boolean(navigator.credentials?.get);

export async function signInWithPasskey(): Promise<Me> {
  const { options } = await bodyOf(api.POST('/api/login/passkey/options'));
  const credential = await asserted(options);
  return bodyOf(api.POST('/api/login/passkey', { body: { credential } }));
}

export async function confirmWithPasskey(): Promise<void> {
  const { options } = await bodyOf(api.POST('/api/login/confirmation/passkey/options'));
  const credential = await asserted(options);
  await api.POST('/api/login/confirmation/passkey', { body: { credential } });
}

/** The recovery codes, if these are the first. */
export async function addPasskey(name: string): Promise<string[]> {
  const { options } = await bodyOf(api.POST('/api/me/second-factor/passkeys/options'));
  const credential = await created(options);
  return (await bodyOf(api.POST('/api/me/second-factor/passkeys', { body: { name, credential } }))).recovery_codes;
}

async function created(options: Json): Promise<Json> {
  const publicKey = creationOptions(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  return toJson(await prompted(() => navigator.credentials.create({ publicKey })));
}

async function asserted(options: Json): Promise<Json> {
  const publicKey = requestOptions(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  return toJson(await prompted(() => navigator.credentials.get({ publicKey })));
}

async function prompted(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const given = await ask();
    if (given) return given as PublicKeyCredential;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'InvalidStateError') throw new AlreadyHere();
    if (name !== 'NotAllowedError' && name !== 'AbortError') throw error;
  }
  throw new Cancelled();
}

// Browsers of before 2025 do not read and write JSON themselves.

function creationOptions(json: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions {
  if (PublicKeyCredential.parseCreationOptionsFromJSON) return PublicKeyCredential.parseCreationOptionsFromJSON(json);
  const excludeCredentials = json.excludeCredentials?.map(({ id }) => ({
    id: bytesOf(id),
    type: 'public-key' as const,
  }));
  const parsed = { ...json, challenge: bytesOf(json.challenge), user: { ...json.user, id: bytesOf(json.user.id) } };
  return { ...parsed, excludeCredentials } as PublicKeyCredentialCreationOptions;
}

function requestOptions(json: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions {
  if (PublicKeyCredential.parseRequestOptionsFromJSON) return PublicKeyCredential.parseRequestOptionsFromJSON(json);
  const parsed = { ...json, challenge: bytesOf(json.challenge), allowCredentials: [] };
  return parsed as PublicKeyCredentialRequestOptions;
}

function toJson(credential: PublicKeyCredential): Json {
  if (typeof credential.toJSON === 'function') return credential.toJSON() as unknown as Json;
  const answer = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = answer;
  const response = attestationObject
    ? { clientDataJSON, attestationObject }
    : { clientDataJSON, authenticatorData, signature, userHandle };
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(Object.entries(response).map(([name, value]) => [name, value && textOf(value)])),
    clientExtensionResults: {},
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const plain = Array.from(new Uint8Array(bytes), (one) => String.fromCharCode(one)).join('');
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
