import type { BrowserContext } from '@playwright/test'

export type ConsoleWatch = {
  add(context: BrowserContext): void
  /** Expects complaints like this one, such as the browser's own about a 404 that a journey asks for. */
  allow(words: RegExp): void
  complaints(): string[]
}

/** Gathers errors and warnings of the console, and uncaught exceptions, of the pages of one origin. */
export function watchConsole(origin: string): ConsoleWatch {
  const heard: string[] = []
  const allowed: RegExp[] = []
  return {
    add(context) {
      context.on('console', (message) => {
        const where = message.page()?.url() ?? message.location().url
        if (!where.startsWith(origin)) return
        if (message.type() === 'error' || message.type() === 'warning')
          heard.push(`${message.type()} on ${where}: ${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) => {
        if (error.page()?.url().startsWith(origin)) heard.push(`uncaught: ${error.error().stack}`)
      })
    },
    allow: (words) => void allowed.push(words),
    complaints: () => heard.filter((line) => !allowed.some((words) => words.test(line))),
  }
}
