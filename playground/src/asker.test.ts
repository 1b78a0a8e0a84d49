import { beforeEach, expect, test, vi } from "vitest";

// The page's storage and address, of which there are none outside a browser.
const stored = new Map<string, string>();
vi.stubGlobal("sessionStorage", {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
  removeItem: (key: string) => stored.delete(key),
});
vi.stubGlobal("location", { pathname: "/graph/", search: "?lang=en", hash: "#open=towns&x" });
const { longestReason, reasonHeader, setReason, signInAddress } = await import("./asker");

beforeEach(() => setReason(""));

test("a reason goes percent-encoded, since headers are ASCII", () => {
  expect(reasonHeader()).toEqual({});
  setReason("  受理申请\n 核对 身份 ");
  expect(decodeURIComponent(reasonHeader()["X-Access-Reason"])).toBe("受理申请 核对 身份");
  expect(reasonHeader()["X-Access-Reason"]).toMatch(/^[\x21-\x7e]+$/);
});

test("a reason is bounded, and ends with the tab", () => {
  setReason("长".repeat(999));
  expect([...decodeURIComponent(reasonHeader()["X-Access-Reason"])]).toHaveLength(longestReason);
  expect([...stored.keys()]).toEqual(["bureaugraph:reason"]);
  setReason(" ");
  expect(stored.size).toBe(0);
});

test("whoever signs in comes back to what the page shows", () => {
  expect(new URLSearchParams(signInAddress().split("?")[1]).get("return")).toBe("/graph/?lang=en#open=towns&x");
});
