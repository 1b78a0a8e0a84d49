import { looksPersonal } from "./personal";

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

/**
 * The part of a link behind # that opens a query: its text, compressed. Variables never
 * travel in a link; undefined when the text itself holds what looks like personal data.
 */
export async function linkOf(query: string): Promise<string | undefined> {
  if (looksPersonal(query)) return undefined;
  const packed = await through(new TextEncoder().encode(query), new CompressionStream("deflate-raw"));
  const text = btoa(String.fromCharCode(...packed));
  return "#query=" + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What a link asks to open: an operation of the library, or a query's text. */
export async function opened(hash: string): Promise<{ operation?: string; query?: string }> {
  const given = new URLSearchParams(hash.slice(1));
  const operation = given.get("open");
  if (operation) return { operation };
  const packed = given.get("query");
  if (!packed) return {};
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    return { query: new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw"))) };
  } catch {
    return {}; // a damaged link opens the page as it was
  }
}
