import { describe, expect, it } from "vitest";
import { Keeper, same, type Pair } from "../src/islands/keep/store";

function storage(): Storage {
  const held = new Map<string, string>();
  const store = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => {
      held.set(key, value);
      (store as unknown as Record<string, string>)[key] = value;
    },
    removeItem: (key: string) => {
      held.delete(key);
      Reflect.deleteProperty(store, key);
    },
  };
  for (const name of ["getItem", "setItem", "removeItem"]) Object.defineProperty(store, name, { enumerable: false });
  return store as unknown as Storage;
}

const VALUES: Pair[] = [["f-title", "练兵之星"], ["f-top", "15"]];
const NAME = "s/1/awards.star";

describe("what was typed", () => {
  it("is found again", () => {
    const keeper = new Keeper(storage(), () => 0);
    keeper.keep(NAME, 3, VALUES, false);
    expect(keeper.find(NAME)).toEqual({ of: 3, at: 0, sent: false, values: VALUES });
  });

  it("is forgotten after a week", () => {
    let now = 0;
    const keeper = new Keeper(storage(), () => now);
    keeper.keep(NAME, 3, VALUES, false);
    now = 8 * 24 * 3600 * 1000;
    expect(keeper.find(NAME)).toBeNull();
  });

  it("stays until the server has it", () => {
    const keeper = new Keeper(storage(), () => 0);
    keeper.keep(NAME, 3, VALUES, true);
    keeper.settle("s/1", 3, []); // nothing was saved since
    expect(keeper.find(NAME)).not.toBeNull();
    keeper.settle("s/1", 4, [NAME]); // another one saved: this form is back
    expect(keeper.find(NAME)).not.toBeNull();
    keeper.settle("s/11", 4, []); // another draft
    expect(keeper.find(NAME)).not.toBeNull();
    keeper.settle("s/1", 4, []);
    expect(keeper.find(NAME)).toBeNull();
  });

  it("stays when it was never sent", () => {
    const keeper = new Keeper(storage(), () => 0);
    keeper.keep(NAME, 3, VALUES, false);
    keeper.settle("s/1", 9, []);
    expect(keeper.find(NAME)).not.toBeNull();
  });

  it("survives a store that is switched off", () => {
    const broken = new Proxy({} as Storage, {
      get: () => {
        throw new Error("denied");
      },
      ownKeys: () => {
        throw new Error("denied");
      },
    });
    const keeper = new Keeper(broken, () => 0);
    keeper.keep(NAME, 1, VALUES, false);
    keeper.settle("s/1", 2, []);
    keeper.drop(NAME);
    expect(keeper.find(NAME)).toBeNull();
  });
});

it("two fillings are the same in any order", () => {
  expect(same(VALUES, [...VALUES].reverse())).toBe(true);
  expect(same(VALUES, [["f-title", "练兵之星"]])).toBe(false);
});
