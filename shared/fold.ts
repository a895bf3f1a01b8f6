/** A & B & … of the union A | B | …. */
export type Together<Union> = (Union extends unknown ? (part: Union) => void : never) extends (
  part: infer All,
) => void
  ? All
  : never;

/** The part of that name, of the domains that have it. */
export type PartOf<Domain, Name extends string> =
  Domain extends Readonly<Record<Name, infer Part>> ? Part : never;

/**
 * Puts the objects together into one. Throws where two of them have the same key.
 *
 * Put a pure annotation before a call at the top of a module, or the bundler keeps everything the list names.
 */
export function fold<const Parts extends readonly object[]>(parts: Parts): Together<Parts[number]> {
  const whole: Record<string, unknown> = {};
  for (const part of parts)
    for (const [key, value] of Object.entries(part)) {
      if (Object.hasOwn(whole, key)) throw new Error(`two domains define ${key}`);
      whole[key] = value;
    }
  return whole as Together<Parts[number]>;
}

/** Works like `fold`, on one part of each domain. Domains without that part are passed over. */
export function foldPart<const Domains extends readonly object[], Name extends string>(
  domains: Domains,
  name: Name,
): Together<PartOf<Domains[number], Name>> {
  const parts = domains.filter((domain): domain is Record<Name, object> => name in domain);
  return fold(parts.map((domain) => domain[name])) as Together<PartOf<Domains[number], Name>>;
}
