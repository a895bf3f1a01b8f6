/** What a card's QR holds. The code stands behind #, which browsers never send, so that no log keeps it. */
export function cardUrl(publicUrl: string, code: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/me/#c=${code}`;
}
