/** PINs that were told once, held in this window's memory until it is left or reloaded: for the sheet of paper. */

const held = new Map<string, string[]>()

/** Hold the PINs of a worker; those of before are void. */
export const holdPins = (worker: string, pins: string[]): void => { held.set(worker, pins) }

/** Give the PINs of a worker, if they were made in this window. */
export const pinsOf = (worker: string): string[] => held.get(worker) ?? []

/** A PIN as it is read out: three digits and three. */
export const spoken = (pin: string): string => `${pin.slice(0, 3)} ${pin.slice(3)}`
