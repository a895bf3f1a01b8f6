/** The surroundings of a counter's page, for tests: memory, a server that the test answers for, and rows on a real disk. */
import { webcrypto } from 'node:crypto';
import { expect, vi } from 'vitest';
import type { Api } from '../../../client/api/index.ts';
import type { Outcome } from '../../../client/api/outcome.ts';
import type { Device } from '../../../client/device/device.ts';
import type { Station } from '../../../client/kiosk/composables/station.ts';
import { createMemory, type Memory } from '../../../client/kiosk/memory.ts';
import { type CounterOutbox, createCounterOutbox } from '../../../client/kiosk/ports/counter-rows.ts';
import type { Answered } from '../../../client/outbox/outbox.ts';
import type { OutboxRow } from '../../../shared/outbox/row.ts';
import { answer } from './counter/shop-of-three.ts';

export const subtle = webcrypto.subtle as SubtleCrypto;

export function memoryOf(stored: Map<string, string>): Memory {
  return createMemory({
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => void stored.set(key, value),
    removeItem: (key) => void stored.delete(key),
  });
}

export interface Call {
  readonly id: string;
  readonly input: { readonly key?: string; readonly body?: unknown };
  readonly answer: (outcome: Outcome<unknown>) => void;
}

/** A server of which every answer is given by the test. */
export function askedServer() {
  const calls: Call[] = [];
  const plainApi = {
    call: (id: string, input: Call['input'] = {}) =>
      new Promise((resolve) => void calls.push({ id, input, answer: resolve })),
  } as unknown as Api;

  /** Answers the oldest call of this kind, once it has been made. */
  async function reply(id: string, outcome: Outcome<unknown>): Promise<Call> {
    await vi.waitFor(() => expect(calls.map((call) => call.id)).toContain(id));
    const [call] = calls.splice(
      calls.findIndex((one) => one.id === id),
      1,
    );
    if (!call) throw new Error(`nobody asked for ${id}`);
    call.answer(outcome);
    await new Promise((resolve) => setTimeout(resolve));
    return call;
  }

  /** Answers the rows that were sent, each in the same way; or the whole sending. */
  async function replyToRows(how: Partial<Answered> | Outcome<never>): Promise<readonly OutboxRow[]> {
    await vi.waitFor(() => expect(calls.map((call) => call.id)).toContain('outbox.send'));
    const rows = rowsSent(calls.find(({ id }) => id === 'outbox.send'));
    const answers = rows.map((row) => answered(row, 'kind' in how ? {} : how));
    await reply('outbox.send', 'kind' in how ? how : answer({ answers, nowMs: 0 }));
    return rows;
  }

  return { calls, plainApi, reply, replyToRows };
}

export function rowsSent(call: Call | undefined): readonly OutboxRow[] {
  return (call?.input.body as { rows: OutboxRow[] } | undefined)?.rows ?? [];
}

export function answered({ device, key }: OutboxRow, over: Partial<Answered>): Answered {
  return {
    ...{ device, key, answer: 'booked', entry: 7, marks: [], code: null, params: {}, said: null },
    ...{ receipt: null, ...over },
  };
}

/** The rows of this page. Pauses are a hundredth of what they are. */
export function rowsOf(
  device: Device,
  station: Pick<Station, 'api' | 'check' | 'stage' | 'shiftId'>,
  memory: Memory,
  over: { readonly subtle?: SubtleCrypto | undefined; readonly now?: () => number } = {},
): CounterOutbox {
  return createCounterOutbox({
    ...{ device, station, memory, subtle, now: () => 1_000_000, offsetMs: () => null, ...over },
    hear: () => undefined,
    copyEntry: () => null,
    later: (ms, run) => void setTimeout(run, ms / 100),
  });
}
