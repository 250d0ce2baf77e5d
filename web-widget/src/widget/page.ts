/** The chat frame's side of the talk with the practice's page. Says when to close and how many are unread: never words. */
import { opened, sealed, type ToFrame, type ToPage } from "../loader/protocol";

export class Page {
  readonly framed = window.parent !== window;
  private host: string | null = null;

  constructor(private readonly shown: (shown: boolean) => void) {
    if (this.framed) addEventListener("message", (event) => this.heard(event));
  }

  tell(message: ToPage): void {
    if (this.host) window.parent.postMessage(sealed(message), this.host);
  }

  private heard(event: MessageEvent): void {
    if (event.source !== window.parent || event.origin === "null") return;
    if (this.host && event.origin !== this.host) return;
    const message = opened<ToFrame>(event.data);
    if (!message) return;
    if (message.kind === "hello" && !this.host) {
      this.host = event.origin;
      this.tell({ kind: "ready" });
    }
    if (message.kind === "shown") this.shown(true);
    if (message.kind === "hidden") this.shown(false);
  }
}

/** `widget/riverside` and `chat/riverside` name the practice; `/link` may, and else the session does. */
export function addressed(pathname: string): { link: boolean; practice: string } {
  const [where = "", practice = ""] = pathname.split("/").filter(Boolean);
  return { link: where === "link", practice: decodeURIComponent(practice) };
}

/** Practice colour on white words: refused below 4.5 to 1, so that a setting can never make the header unreadable. */
export function readablePrimary(colour: string | undefined): string | null {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour ?? "")?.[1];
  if (!hex) return null;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= 4.5 ? `#${hex}` : null;
}
