import { describe, expect, it } from "vitest";
import { readBirth } from "../src/widget/birth";
import { birthWords } from "../src/widget/field";
import { en } from "../src/strings/widget.en";

const TODAY = new Date("2026-11-22T12:00:00Z");
const read = (month: string, day: string, year: string) => readBirth({ month, day, year }, TODAY);

describe("date of birth", () => {
  it("gives an ISO date for numbers and for month names in both languages", () => {
    for (const month of ["3", "03", "March", "mar", "marzo"]) expect(read(month, "31", "1950")).toEqual({ iso: "1950-03-31" });
  });

  it.each([
    ["", "1", "1950", "month", "missing"],
    ["13", "1", "1950", "month", "month"],
    ["x", "1", "1950", "month", "month"],
    ["4", "", "1950", "day", "missing"],
    ["4", "32", "1950", "day", "day"],
    ["4", "31", "1950", "day", "real"],
    ["2", "29", "2001", "day", "real"],
    ["4", "12", "51", "year", "year"],
    ["4", "12", "2031", "year", "past"],
    ["4", "12", "1051", "year", "past"],
  ])("names the part that is wrong: %s/%s/%s", (month, day, year, part, kind) => {
    expect(read(month, day, year)).toEqual({ problem: { part, kind } });
  });

  it("never guesses a century", () => {
    expect(read("4", "12", "51")).toHaveProperty("problem");
  });

  it("says which part is missing", () => {
    expect(birthWords({ part: "year", kind: "missing" }, en)).toBe("Date of birth must include a year");
  });
});
