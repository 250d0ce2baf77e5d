/** Reads a date of birth from three boxes. Names the part that is wrong; never guesses a century. */

export interface BirthParts {
  month: string;
  day: string;
  year: string;
}

export type BirthPart = keyof BirthParts;
export type BirthProblem =
  | { part: BirthPart; kind: "missing" }
  | { part: BirthPart; kind: "month" | "day" | "year" | "real" | "past" };

const MONTHS: readonly (readonly string[])[] = [
  ["jan", "ene"],
  ["feb"],
  ["mar"],
  ["apr", "abr"],
  ["may"],
  ["jun"],
  ["jul"],
  ["aug", "ago"],
  ["sep", "set"],
  ["oct"],
  ["nov"],
  ["dec", "dic"],
];

/** `3`, `03`, `March` and `marzo` are all 3. */
export function monthNumber(typed: string): number | null {
  const word = typed.trim().toLowerCase();
  if (/^\d{1,2}$/.test(word)) {
    const number = Number(word);
    return number >= 1 && number <= 12 ? number : null;
  }
  const at = MONTHS.findIndex((names) => names.some((name) => word.length >= 3 && word.startsWith(name)));
  return at < 0 ? null : at + 1;
}

export function readBirth(parts: BirthParts, today: Date): { iso: string } | { problem: BirthProblem } {
  for (const part of ["month", "day", "year"] as const) {
    if (!parts[part].trim()) return { problem: { part, kind: "missing" } };
  }
  const month = monthNumber(parts.month);
  if (month === null) return { problem: { part: "month", kind: "month" } };
  const day = /^\d{1,2}$/.test(parts.day.trim()) ? Number(parts.day) : 0;
  if (day < 1 || day > 31) return { problem: { part: "day", kind: "day" } };
  if (!/^\d{4}$/.test(parts.year.trim())) return { problem: { part: "year", kind: "year" } };
  const year = Number(parts.year);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1) return { problem: { part: "day", kind: "real" } };
  if (year < 1880 || date.getTime() > today.getTime()) return { problem: { part: "year", kind: "past" } };
  return { iso: `${parts.year.trim()}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}` };
}
