import { describe, expect, it } from "vitest";
import { opened, sealed } from "../src/loader/protocol";
import { safeHref } from "../src/parts/href";
import { addressed, readablePrimary } from "../src/widget/page";

describe("links", () => {
  it("passes https, phone, text and mail", () => {
    for (const href of ["https://riverside.example.test/x", "tel:+15555550100", "tel:911", "sms:988", "mailto:a@example.test"]) {
      expect(safeHref(href)).not.toBeNull();
    }
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "http://example.test",
    "//example.test",
    "https://exаmple.test/",
    "https://xn--exmple-cua.test/",
    "https://user:pass@example.test/",
    "tel:javascript:alert(1)\n",
    " https://example.test",
    "",
  ])("refuses %j", (href) => {
    expect(safeHref(href)).toBeNull();
  });
});

describe("talk with the practice's page", () => {
  it("opens only what it sealed", () => {
    expect(opened(sealed({ kind: "close" }))).toMatchObject({ kind: "close" });
    for (const data of [null, "close", 1, {}, { kind: "close" }, { kind: "close", frontdesk: 2 }, { frontdesk: 1 }]) {
      expect(opened(data)).toBeNull();
    }
  });
});

describe("the page's own address and colour", () => {
  it("reads the practice from the path", () => {
    expect(addressed("/widget/riverside")).toEqual({ link: false, practice: "riverside" });
    expect(addressed("/chat/riverside/")).toEqual({ link: false, practice: "riverside" });
    expect(addressed("/link")).toEqual({ link: true, practice: "" });
  });

  it("takes a practice colour only when white words can be read on it", () => {
    expect(readablePrimary("#0b5c6b")).toBe("#0b5c6b");
    for (const colour of ["#ffd700", "#9be7b0", "red", "url(x)", undefined]) expect(readablePrimary(colour)).toBeNull();
  });
});
