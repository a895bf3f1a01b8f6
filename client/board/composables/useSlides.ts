import { computed, type ComputedRef, onBeforeUnmount, onMounted, type Ref, ref } from 'vue';
import { type Slide, slidesOf } from '../slides.ts';
import type { Board } from './useBoard.ts';

const stayMs = 14_000;

export interface Slides {
  readonly slide: ComputedRef<Slide | undefined>;
  readonly at: ComputedRef<number>;
  readonly count: ComputedRef<number>;
  readonly isHeld: Ref<boolean>;
  /** Goes that many pictures on, or back. The picture that comes stays its whole time. */
  readonly turn: (by: number) => void;
}

/** Shows one picture after the other. A screen on a wall has no one to turn its pages. */
export function useSlides(board: () => Board | null): Slides {
  const place = ref({ round: 0, at: 0 });
  const isHeld = ref(false);
  let timer: number | undefined;

  const slides = computed(() => {
    const now = board();
    return now ? slidesOf(now, place.value.round) : [];
  });
  const at = computed(() => Math.min(place.value.at, Math.max(0, slides.value.length - 1)));

  function turn(by: number): void {
    const next = at.value + by;
    const { round } = place.value;
    if (next >= slides.value.length) place.value = { round: round + 1, at: 0 };
    else if (next < 0) place.value = { round, at: Math.max(0, slides.value.length - 1) };
    else place.value = { round, at: next };
    restart();
  }

  function restart(): void {
    window.clearInterval(timer);
    timer = window.setInterval(() => {
      if (!isHeld.value) turn(1);
    }, stayMs);
  }

  onMounted(restart);
  onBeforeUnmount(() => window.clearInterval(timer));
  return {
    slide: computed(() => slides.value[at.value]),
    at,
    count: computed(() => slides.value.length),
    isHeld,
    turn,
  };
}
