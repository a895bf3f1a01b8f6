import type { AnyAct } from '../../shared/acts/act.ts';
import type { HttpsFiles } from './https-files.ts';
import { endOf, type Issuing, namesOf } from './issue-certificates.ts';
import { type Plan, planCertificate } from './plan-certificate.ts';

export interface Renewal {
  readonly files: HttpsFiles;
  /** The names that the certificate should have. */
  readonly names: readonly string[];
  /** The name of a new authority. */
  readonly called: string;
  readonly issuing: Issuing;
  /** Books each act in every village, before anything is put in place. */
  readonly book: (actIn: (villageId: string) => AnyAct) => Promise<void>;
}

/**
 * Makes what is missing or ends soon, and books it. Null if nothing was needed. An authority that cannot be read is never
 * replaced in silence, because devices trust it.
 */
export async function renewCertificate(
  { files, names, called, issuing, book }: Renewal,
  { isNewAuthority = false } = {},
): Promise<Plan | null> {
  const present = { authority: isNewAuthority ? null : files.authority(), own: files.own() };
  const plan = planCertificate(present, names, called, issuing);
  if (plan === null) return null;
  const { newAuthority, certificate } = plan;
  const staged = [
    ...(newAuthority ? [files.stage('authority', newAuthority)] : []),
    files.stage('own', certificate),
  ];
  try {
    if (newAuthority) {
      const is = {
        fingerprint: newAuthority.certificate.fingerprint256.replaceAll(':', ''),
        until: endOf(newAuthority.certificate),
      };
      await book((id) => ({ act: 'https.authority_made', on: `village:${id}`, is }));
    }
    const is = { names: namesOf(certificate.certificate), until: endOf(certificate.certificate) };
    await book((id) => ({ act: 'https.certificate_made', on: `village:${id}`, is }));
  } catch (error) {
    for (const one of staged) one.discard();
    throw error;
  }
  for (const one of staged) one.commit();
  return plan;
}
