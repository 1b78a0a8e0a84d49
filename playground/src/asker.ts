import { useSyncExternalStore } from "react";

/** Who asks, as the gateway knows them. */
export interface Asker {
  /** Everybody is served, whoever they are. */
  open: boolean;
  /** How it was proven; empty for nobody. */
  via: "" | "OIDC" | "KEY" | "PROXY" | "DEMO";
  /** To show; empty for nobody. */
  name: string;
  /** The role in which they ask; null without a policy, and of whom it gives none. */
  role: { name: string; label: string; unmasks: boolean; exports: boolean; figuresOnly: boolean } | null;
  /** Whether people sign in on this page. */
  signIn: boolean;
  /** Whether who asks has done so, and can sign out. */
  signOut: boolean;
  /** The demo's identities, of which one is taken. */
  identities?: { name: string; title: string; english: string }[];
  identity?: string;
}

// One value that the page shows wherever it is used.
function kept<T>(first: T) {
  let now = first;
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get: () => now,
    set: (value: T) => {
      now = value;
      listeners.forEach((listener) => listener());
    },
    use: () => useSyncExternalStore(listen, () => now),
  };
}

const asker = kept<Asker | undefined>(undefined);

/** Who asks; undefined until the gateway has said. */
export const useAsker = asker.use;

/** Asks the gateway who asks. A gateway that does not answer says nothing. */
export async function learnAsker() {
  const response = await fetch("whoami", { headers: { Accept: "application/json" } });
  if (response.ok) asker.set(await response.json() as Asker);
}

const shutOut = kept<string | undefined>(undefined);

/** Why the gateway does not answer whoever asks, in its own words; undefined while it does. */
export const useShutOut = shutOut.use;

/** Notes whether an answer was for somebody whom the gateway lets in. */
export function noteAnswer(status: number, errors: { message: string; extensions?: { code?: string } }[] | undefined) {
  const why = errors?.find((error) => error.extensions?.code === "UNAUTHENTICATED");
  if (why) {
    if (shutOut.get() === undefined) void learnAsker().catch(() => undefined); // it is nobody now
    shutOut.set(why.message);
  }
  else if (status < 400) shutOut.set(undefined);
}

/** Where whoever signs in comes back to: what the page shows now. */
export const signInAddress = () => "signin?return=" + encodeURIComponent(location.pathname + location.search + location.hash);

/** Signs out here and, where the identity provider has a sign-out of its own, there. */
export async function signOut() {
  const response = await fetch("signout", { method: "POST" });
  setReason("");
  const { next } = response.ok ? await response.json() as { next: string } : { next: "" };
  if (next) location.assign(next);
  else location.reload();
}

/** Takes one of the demo's identities. What may be seen is another thing then, so the page begins anew. */
export async function take(identity: string) {
  await fetch("demo/identity/" + encodeURIComponent(identity), { method: "PUT" });
  setReason("");
  location.reload();
}

const key = "bureaugraph:reason";

/** The longest reason, in characters. */
export const longestReason = 200;

const reason = kept(sessionStorage.getItem(key) ?? "");

/** Why whoever asks looks at personal data; empty for no reason. It ends with the tab. */
export const useReason = reason.use;

/** Gives the reason that goes with every query from now on; empty for none. */
export function setReason(text: string) {
  const whole = [...text.trim().replace(/\s+/g, " ")].filter((letter) => !/^[\ud800-\udfff]$/.test(letter)); // halves have no encoding
  const given = whole.slice(0, longestReason).join("");
  if (given) sessionStorage.setItem(key, given);
  else sessionStorage.removeItem(key);
  reason.set(given);
}

/** The header that tells the reason: headers are ASCII, so it is percent-encoded. */
export const reasonHeader = (text: string = reason.get()): Record<string, string> => (text ? { "X-Access-Reason": encodeURIComponent(text) } : {});
