import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import type { CounterState } from '../../../../client/kiosk/counter/state.ts';
import type { Model, Watcher } from './model.ts';
import { HandOverLaws } from './hand-over-laws.ts';
import { RowLaws } from './row-laws.ts';
import { ScreenLaws } from './screen-laws.ts';

/** The laws of the counter, written without a look at how the machine keeps them. */
export class Laws implements Watcher {
  private readonly screen = new ScreenLaws();
  private readonly handOvers = new HandOverLaws();
  private readonly rows = new RowLaws();

  before(model: Model, event: CounterEvent): void {
    this.handOvers.before(model, event);
    this.rows.before(model, event);
  }

  during(model: Model, effect: Effect): void {
    this.handOvers.during(model, effect);
    this.rows.during(model, effect);
  }

  after(model: Model, event: CounterEvent, before: CounterState): void {
    this.rows.after(model, event, before);
    this.screen.after(model, event, before);
  }

  restarted(model: Model): void {
    this.handOvers.restarted();
    this.rows.restarted(model);
  }

  ended(model: Model): void {
    this.rows.ended(model);
  }
}
