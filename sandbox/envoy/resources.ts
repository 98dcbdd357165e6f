import { COMPANIES, findCompany, locationsOf, peopleOf } from './directory'

export type V1Item = { readonly id: string; readonly [field: string]: string | null }

/** A list of the v1 API: the scope it takes, and what a token of a company sees in it. */
export type V1Collection = { readonly scope: string; list(companyId: string): V1Item[] }

/** The lists of `https://api.envoy.com/v1` that the sandbox has (providers.md 2.10), by their name in the path. */
export const V1_COLLECTIONS: Readonly<Record<string, V1Collection>> = {
  companies: {
    scope: 'companies.read',
    list: (companyId) =>
      COMPANIES.filter((company) => company.id === companyId).map((company) => ({ ...company })),
  },
  locations: {
    scope: 'locations.read',
    list: (companyId) =>
      locationsOf(companyId).map((location) => ({
        id: location.id,
        name: location.name,
        companyId: location.companyId,
        addressLineOne: location.address,
        city: location.city,
        country: location.country,
        timezone: location.timezone,
        createdAt: findCompany(companyId)?.createdAt ?? null,
      })),
  },
  employees: {
    scope: 'employees.read',
    list: (companyId) =>
      peopleOf(companyId).map((person) => ({
        id: person.id,
        name: person.name,
        email: person.email,
        companyId: person.companyId,
      })),
  },
}

/** Scopes of which one is enough for `/api/v2/users/me`; Envoy does not say which it takes. */
export const ME_SCOPES: readonly string[] = ['profile', 'public']
