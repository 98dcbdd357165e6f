type Closer = { words: string; close(): Promise<void> }

/**
 * What was started, ended in the opposite order. Each is tried even when one before it failed.
 *
 * @param onError told of a failed one
 */
export function createStopOrder(onError: (words: string, error: unknown) => void) {
  const closers: Closer[] = []
  return {
    add(words: string, close: () => Promise<void>): void {
      closers.push({ words, close })
    },
    async stopAll(): Promise<void> {
      for (let closer = closers.pop(); closer !== undefined; closer = closers.pop())
        await closer.close().catch((error: unknown) => onError(closer.words, error))
    },
  }
}

export type StopOrder = ReturnType<typeof createStopOrder>
