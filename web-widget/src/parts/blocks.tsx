/** The blocks that only say something. Text nodes throughout: nothing here can make markup out of words. */
import { Icon } from "./icons";
import { safeHref } from "./href";
import type { Block, Emergency, Link, Receipt, Row } from "../wire";

export interface BlockWords {
  number: string;
  sources: string;
  reviewed: (date: string) => string;
}

export function LinkButton({ link, strong }: { link: Omit<Link, "type">; strong?: boolean }) {
  const href = safeHref(link.href);
  if (!href) return <span class="dead-link">{link.label}</span>;
  const out = href.startsWith("https:");
  return (
    <a
      class={strong ? "btn danger" : "btn"}
      href={href}
      {...(out ? { target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer" } : {})}
    >
      {/^(tel|sms):/.test(href) ? <Icon name="phone" /> : null}
      <span>
        {link.label}
        {out ? <small class="host">{new URL(href).hostname}</small> : null}
      </span>
    </a>
  );
}

export function Rows({ rows }: { rows: Row[] }) {
  return (
    <dl class="rows">
      {rows.map((row, at) => (
        <div key={at}>
          <dt>{row.label}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function EmergencyCard({ block, id, alarm }: { block: Emergency; id: string; alarm: boolean }) {
  return (
    <div class="emergency" id={id} tabIndex={-1} role={alarm ? "alert" : "group"} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        <Icon name="alert" size={26} />
        <span>{block.title}</span>
      </h3>
      <p>{block.text}</p>
      {block.links.map((link, at) => (
        <LinkButton key={at} link={link} strong={at === 0} />
      ))}
    </div>
  );
}

/** `booked` and `done` alone look finished; a card must not look more certain than the practice's answer. */
const SETTLED: ReadonlySet<string> = new Set(["booked", "done"]);
const REFUSED: ReadonlySet<string> = new Set(["not_sent", "declined", "cancelled"]);

export function ReceiptCard({ block, words, children }: { block: Receipt; words: BlockWords; children?: unknown }) {
  const kind = SETTLED.has(block.standing) ? "settled" : REFUSED.has(block.standing) ? "refused" : "open";
  return (
    <div class={`card receipt ${kind}`}>
      <h3>
        <Icon name={kind === "settled" ? "check" : kind === "refused" ? "close" : "clock"} size={22} />
        <span>{block.title}</span>
      </h3>
      <Rows rows={block.number ? [...block.rows, { label: words.number, value: block.number }] : block.rows} />
      {children as never}
    </div>
  );
}

/** Draws a block that needs no answer; null for the others. */
export function Said({ block, words, id }: { block: Block; words: BlockWords; id: string }) {
  switch (block.type) {
    case "paragraph":
      return <p class="para">{block.text}</p>;
    case "list":
      return (
        <ul class="bullets">
          {block.items.map((item, at) => (
            <li key={at}>{item}</li>
          ))}
        </ul>
      );
    case "link":
      return <LinkButton link={block} />;
    case "notice":
      return <p class="notice">{block.text}</p>;
    case "sources":
      return (
        <p class="sources">
          {words.sources}:{" "}
          {block.items.map((item) => `${item.title} (${words.reviewed(item.reviewed_on)})`).join("; ")}
        </p>
      );
    case "emergency":
      return <EmergencyCard block={block} id={id} alarm={false} />;
    case "receipt":
      return <ReceiptCard block={block} words={words} />;
    case "summary":
      return (
        <div class="card">
          <h3>{block.title}</h3>
          <Rows rows={block.rows} />
        </div>
      );
    default:
      return null;
  }
}
