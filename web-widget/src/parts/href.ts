/** Which addresses may become a link at all: plain https with an ASCII host, and phone, text and mail links. */
export function safeHref(href: string): string | null {
  if (/^(tel|sms):[+0-9*#,;?&=a-z-]+$/i.test(href)) return href;
  if (/^mailto:[\w.+-]+@[\w.-]+$/.test(href)) return href;
  if (!/^https:\/\/[a-z0-9.-]+(:\d+)?(\/|$|\?|#)/i.test(href)) return null;
  if (/(^https:\/\/|\.)xn--/i.test(href)) return null;
  try {
    const url = new URL(href);
    return url.username || url.password ? null : url.href;
  } catch {
    return null;
  }
}
