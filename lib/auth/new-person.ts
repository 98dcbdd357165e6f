import { z } from 'zod'
import { Secret } from '../core/secret'
import { passwordLengthMax, passwordLengthMin } from './password'

/** PostgreSQL takes no NUL, and a name with a line break in it is no name. */
const controlCharacter = /\p{Cc}/u

/** A password that somebody chooses, as it comes from a form. */
export const newPasswordSchema = z
  .string('Enter a password.')
  .min(passwordLengthMin, `Use ${passwordLengthMin} characters at least.`)
  .max(passwordLengthMax, `Use ${passwordLengthMax} characters at most.`)
  .transform(Secret.of)

/** What a new account with a password is made of. */
export const newPersonSchema = z.object({
  name: z
    .string('Enter a name.')
    .trim()
    .min(1, 'Enter a name.')
    .max(100, 'Use 100 characters at most.')
    .refine((name) => !controlCharacter.test(name), 'Use one line of text.'),
  email: z.email('Enter an e-mail address.').max(320).toLowerCase(),
  password: newPasswordSchema,
})
export type NewPerson = z.infer<typeof newPersonSchema>
