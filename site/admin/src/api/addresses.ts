/** The addresses of the API, what each is asked with and what it answers: all of it as its description says. */

import type { paths } from './schema'

type Method = 'get' | 'post'
type Operation<Path extends keyof paths, How extends Method> = NonNullable<paths[Path][How]>
type Json<Told> = { content: { 'application/json': Told } }

/** Every address that can be asked in a way. */
export type Address<How extends Method> = { [Path in keyof paths]: undefined extends paths[Path][How] ? never : Path }[keyof paths]

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never

/** What stands in the gaps of an address. */
export type Places<Path extends string> = Record<Names<Path>, string>

/** What is answered when all is well. */
export type Answer<Path extends keyof paths, How extends Method> = Operation<Path, How> extends { responses: infer All }
  ? All[keyof All & (200 | 201 | 202)] extends Json<infer Told> ? Told : never
  : never

/** What is sent. */
export type Sent<Path extends keyof paths> = Operation<Path, 'post'> extends { requestBody: Json<infer Body> } ? Body : never

/** What a list can be asked for. */
export type Query<Path extends keyof paths> = Operation<Path, 'get'> extends { parameters: { query?: infer Asked } }
  ? { [Name in keyof NonNullable<Asked>]?: string | number | null }
  : never

/** Put what is meant into the gaps of an address. */
export function filled(path: string, places: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name] ?? ''))
}
