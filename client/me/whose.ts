/** Whose phone a card is opened on: the household's own, or that of somebody who helps with its consent. */
export interface Whose {
  readonly kind: 'own' | 'help' | null;
  /** The helper's name, as the household will read it. */
  readonly helper: string;
}
