import { describe, expect, it } from "vitest";
import { fill } from "../src/strings/fill";
import { LOADER_WORDS } from "../src/strings/loader";
import { en } from "../src/strings/widget.en";
import { es } from "../src/strings/widget.es";

const places = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();

describe("catalogs", () => {
  it("have the same keys in both languages", () => {
    expect(Object.keys(es)).toEqual(Object.keys(en));
    expect(Object.keys(LOADER_WORDS["es"] ?? {})).toEqual(Object.keys(LOADER_WORDS["en"] ?? {}));
  });

  it("have the same places to fill", () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect([key, places(es[key])]).toEqual([key, places(en[key])]);
  });

  it("leave no sentence untranslated", () => {
    const same = (Object.keys(en) as (keyof typeof en)[]).filter((key) => en[key] === es[key]);
    expect(same).toEqual(["size_1"]);
  });

  it("fill leaves unknown places as they are", () => {
    expect(fill("{a} {b}", { a: 1 })).toBe("1 {b}");
  });
});
