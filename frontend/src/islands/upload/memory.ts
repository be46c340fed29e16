/** What this browser remembers of earlier uploads. tus-js-client writes the entries, under `tus::`. */

import { defaultOptions, type PreviousUpload } from "tus-js-client";
import { mark, type Place } from "./wire";

const DAY = 24 * 3600 * 1000; // the server forgets then, too

export interface Earlier {
  readonly key: string;
  readonly address: string;
  readonly name: string;
}

/** Those of this place; entries past their day are cleared away. */
export async function earlierAt(place: Place, now: number): Promise<Earlier[]> {
  const found: Earlier[] = [];
  for (const entry of await entries()) {
    if (!entry.uploadUrl || now - Date.parse(entry.creationTime) > DAY) await forget(entry.urlStorageKey);
    else if (entry.urlStorageKey.startsWith(`tus::${mark(place)}|`))
      found.push({ key: entry.urlStorageKey, address: entry.uploadUrl, name: entry.metadata["filename"] ?? "" });
  }
  return found;
}

export async function forget(key: string): Promise<void> {
  await defaultOptions.urlStorage.removeUpload(key);
}

export async function forgetAddress(address: string): Promise<void> {
  for (const entry of await entries()) if (entry.uploadUrl === address) await forget(entry.urlStorageKey);
}

async function entries(): Promise<PreviousUpload[]> {
  try {
    return await defaultOptions.urlStorage.findAllUploads();
  } catch {
    return []; // no storage: uploads do not survive a reload here
  }
}
