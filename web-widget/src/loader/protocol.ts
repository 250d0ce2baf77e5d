/**
 * What the practice's page and the chat frame may tell each other: shapes only, never words of a message.
 *
 * Both sides check origin and source. The page knows the service's origin from its own script tag. The frame takes the
 * page's origin from the first `hello` of its parent; which parents exist at all is decided by frame-ancestors.
 */
export const VERSION = 1;

export type ToFrame = { kind: "hello" } | { kind: "shown" } | { kind: "hidden" };
export type ToPage =
  | { kind: "ready" }
  | { kind: "close" }
  | { kind: "unread"; count: number }
  | { kind: "lang"; language: string };

export type Envelope<Body> = Body & { frontdesk: number };

/** The body when `data` is ours and of our version, else null. Unknown kinds are dropped by the caller's switch. */
export function opened<Body extends { kind: string }>(data: unknown): Body | null {
  if (typeof data !== "object" || data === null) return null;
  const envelope = data as { frontdesk?: unknown; kind?: unknown };
  return envelope.frontdesk === VERSION && typeof envelope.kind === "string" ? (data as Body) : null;
}

export function sealed<Body extends { kind: string }>(body: Body): Envelope<Body> {
  return { ...body, frontdesk: VERSION };
}
