import { computed, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useFormat } from '../../i18n/format.ts';
import { useToday } from '../../i18n/useToday.ts';
import { useText } from './text.ts';

const LENGTHS = ['1', '3', '6', '12'] as const;
type Length = (typeof LENGTHS)[number];
const AT_FIRST: Length = '3';
/** So many months back a stretch may end. */
const ENDS = 24;

/** Reads from an address how long a stretch is, and with which month it ends; an empty text for this one. */
export function stretchIn(query: Readonly<Record<string, unknown>>): { months: Length; until: string } {
  const until = query.until;
  return {
    months: LENGTHS.find((name) => name === query.months) ?? AT_FIRST,
    until: typeof until === 'string' && /^2\d{3}-(?:0[1-9]|1[0-2])$/.test(until) ? until : '',
  };
}

/** The same for an address: a stretch that is the usual one says nothing. */
export function stretchQuery(query: Readonly<Record<string, unknown>>): Record<string, string> {
  const { months, until } = stretchIn(query);
  return { ...(months === AT_FIRST ? {} : { months }), ...(until === '' ? {} : { until }) };
}

/** The stretch that is looked at. The address holds it, so that it can be come back to. */
export function useStretch(onChange: () => void) {
  const route = useRoute();
  const router = useRouter();
  const format = useFormat();
  const today = useToday();
  const { t } = useText();
  const begin = stretchIn(route.query);
  const months = ref(begin.months);
  const until = ref(begin.until);

  watch([months, until], () => {
    void router.replace({ query: stretchQuery({ months: months.value, until: until.value }) });
    onChange();
  });

  return {
    months,
    until,
    query: computed(() => ({ months: Number(months.value), until: until.value || undefined })),
    lengths: computed(() =>
      LENGTHS.map((value) => ({ value, label: t('fairness.lastMonths', { n: Number(value) }) })),
    ),
    ends: computed(() => [
      { value: '', label: t('fairness.untilNow') },
      ...monthsBefore(today.value.slice(0, 7), ENDS, until.value).map((month) => ({
        value: month,
        label: format.month(month),
      })),
    ]),
  };
}

/** The months before this one, newest first, and an earlier one that the address asks for. */
function monthsBefore(month: string, count: number, asked: string): string[] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const months = Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(year, number - 2 - back, 1)).toISOString().slice(0, 7),
  );
  return asked === '' || months.includes(asked) ? months : [...months, asked];
}
