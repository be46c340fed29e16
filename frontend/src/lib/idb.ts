/** IndexedDB as promises: as much of it as the journal needs. */

export function request<T>(ask: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    ask.onsuccess = (): void => resolve(ask.result);
    ask.onerror = (): void => reject(ask.error ?? new Error("database"));
  });
}

/** Runs `work` in one transaction; resolves only when the browser has completed it. */
export function transact<T>(
  database: IDBDatabase,
  stores: readonly string[],
  mode: IDBTransactionMode,
  work: (transaction: IDBTransaction) => Promise<T> | T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction([...stores], mode);
    let result: T;
    let failed: Error | null = null;
    transaction.oncomplete = (): void => resolve(result);
    transaction.onabort = (): void => reject(failed ?? transaction.error ?? new Error("database"));
    Promise.resolve(work(transaction)).then(
      (value) => {
        result = value;
      },
      (error: unknown) => {
        failed = error instanceof Error ? error : new Error(String(error));
        try {
          transaction.abort();
        } catch {
          reject(failed); // it had ended already
        }
      },
    );
  });
}

/**
 * Safari 14.1 forgets to start its database process for the first page and then never answers; asking for the
 * list of databases wakes it.
 */
async function wake(): Promise<void> {
  if (typeof indexedDB.databases !== "function") return;
  let timer: ReturnType<typeof setInterval> | undefined;
  await new Promise<void>((resolve) => {
    const knock = (): void => {
      indexedDB.databases().then(
        () => resolve(),
        () => resolve(),
      );
    };
    timer = setInterval(knock, 100);
    knock();
  });
  clearInterval(timer);
}

export async function openDatabase(name: string, version: number, build: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  await wake();
  return new Promise((resolve, reject) => {
    const ask = indexedDB.open(name, version);
    ask.onupgradeneeded = (): void => build(ask.result);
    ask.onsuccess = (): void => resolve(ask.result);
    ask.onerror = (): void => reject(ask.error ?? new Error("database"));
    ask.onblocked = (): void => reject(new Error("database blocked by another page"));
  });
}
