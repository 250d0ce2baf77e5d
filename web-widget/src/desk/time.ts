/** Waiting and due times in a few words, by the server's clock. */
import { DESK } from "../strings/desk.en";
import { fill } from "../strings/fill";

export function span(milliseconds: number): string {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
  if (minutes < 1) return DESK.now;
  if (minutes < 60) return fill(DESK.minutes, { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? fill(DESK.hours, { count: hours }) + (minutes % 60 ? ` ${fill(DESK.minutes, { count: minutes % 60 })}` : "")
    : `${Math.floor(hours / 24)} days`;
}

export const clock = (iso: string, zone: string): string => shown(iso, zone, { hour: "numeric", minute: "2-digit" });

export const dayAndClock = (iso: string, zone: string): string =>
  shown(iso, zone, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });

function shown(iso: string, zone: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  try {
    return date.toLocaleString("en-US", { ...options, timeZone: zone });
  } catch {
    return date.toLocaleString("en-US", options);
  }
}
