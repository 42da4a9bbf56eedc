/** Some requests need the password again. The page asks for it once, however many requests wait for it. */

type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let asked: Promise<boolean> | null = null;

/** `how` asks the person, and resolves to whether the password was right. Returns how to stop it. */
export function confirmWith(how: Ask): () => void {
  ask = how;
  return () => {
    if (ask === how) ask = null;
  };
}

/** False when the person cancels, or where no page can ask. */
export function confirmed(): Promise<boolean> {
  asked ??= (ask?.() ?? Promise.resolve(false)).finally(() => {
    asked = null;
  });
  return asked;
}
