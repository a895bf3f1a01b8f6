/** The address in a card's QR. The code stands behind #, which browsers never send, so that no log keeps it. */
export function cardUrl(publicUrl: string, code: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/me/#c=${code}`;
}
