/** A cut of the caller's connection that waits until the answer it belongs to is the one that the caller gets. */
export type HeldCut = {
  /** For the call: what broke off before it was passed on is remembered. */
  cut(): void
  /** The answer is passed on now. */
  passOn(): void
}

/** @param cut ends the caller's connection */
export function heldCut(cut: () => void): HeldCut {
  let isPassedOn = false
  let isBroken = false
  return {
    cut() {
      isBroken = true
      if (isPassedOn) cut()
    },
    passOn() {
      isPassedOn = true
      if (isBroken) cut()
    },
  }
}
