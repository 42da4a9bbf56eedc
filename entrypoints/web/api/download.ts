/** Saves an answer as a file. A plain link could not ask for the password on the way. */
import { bodyOf } from './client';

export async function download(answer: Promise<{ data?: unknown }>, name: string): Promise<void> {
  const address = URL.createObjectURL((await bodyOf(answer)) as Blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // the browser reads it after the click
}
