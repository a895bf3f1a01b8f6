/** The owner of the phone on which a card is opened: the household, or somebody who helps with its consent. */
export interface Whose {
  readonly kind: 'own' | 'help' | null;
  /** The helper's name, as the household will read it. */
  readonly helper: string;
}
