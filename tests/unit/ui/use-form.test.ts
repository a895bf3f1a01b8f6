import { ref, shallowRef } from 'vue';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../client/api/outcome.ts';
import { useForm } from '../../../client/ui/useForm.ts';

interface Fields {
  name: string;
  unit: string;
  groups: string[];
}

const rice: Fields = { name: '大米', unit: '袋', groups: ['一组'] };

function open() {
  const sent: Fields[] = [];
  const isHeld = ref(false);
  const form = useForm({
    empty: (): Fields => ({ name: '', unit: '件', groups: [] }),
    wrong: ({ name, unit }) => ({ name: name.trim() === '', unit: unit.trim() === '' }),
    sentence: (name) => `${name} 不对`,
    isHeld: () => isHeld.value,
    send(fields) {
      sent.push({ ...fields });
      return Promise.resolve();
    },
  });
  return { form, sent, isHeld };
}

describe('a form', () => {
  it('begins empty, unchanged, and says nothing of what is wrong', () => {
    const { form } = open();
    expect(form.fields).toEqual({ name: '', unit: '件', groups: [] });
    expect([form.isChanged, form.errorOf('name'), form.wasChecked]).toEqual([false, undefined, false]);
  });

  it('sends nothing while a field is wrong, says which, and follows what is typed', async () => {
    const { form, sent } = open();
    await form.submit();
    expect([sent, form.errorOf('name'), form.errorOf('unit')]).toEqual([[], 'name 不对', undefined]);
    form.fields.name = '大米';
    expect(form.errorOf('name')).toBeUndefined();
    form.fields.unit = ' ';
    expect(form.errorOf('unit')).toBe('unit 不对');
    form.uncheck();
    expect(form.errorOf('unit')).toBeUndefined();
  });

  it('sends what is typed when nothing is wrong', async () => {
    const { form, sent } = open();
    form.fields.name = '大米';
    await form.submit();
    expect(sent).toEqual([{ name: '大米', unit: '件', groups: [] }]);
  });

  it('knows what differs from what the server holds, and puts that back', () => {
    const { form } = open();
    form.fromServer(rice);
    expect([form.fields, form.changed]).toEqual([rice, []]);
    form.fields.name = '面粉';
    form.fields.groups = ['一组', '二组'];
    expect([form.changed, form.isChanged]).toEqual([['name', 'groups'], true]);
    form.undo();
    expect([form.fields, form.isChanged, form.blank()]).toEqual([rice, false, rice]);
  });

  it('keeps what was typed while nobody knows what became of it, and shows how the server differs', () => {
    const { form, isHeld } = open();
    form.fields.name = '面粉';
    isHeld.value = true;
    form.fromServer(rice);
    expect([form.fields.name, form.blank()]).toEqual(['面粉', rice]);
    expect(form.changed).toEqual(['name', 'unit', 'groups']);
  });

  it('leaves it to the form what counts as a change, where that depends on other fields', () => {
    const form = useForm({
      empty: () => ({ asks: false, above: '50' }),
      wrong: () => ({}),
      sentence: () => '',
      send: () => Promise.resolve(),
      changedIn: (fields, saved) => (fields.asks && fields.above !== saved.above ? ['above'] : []),
    });
    form.fields.above = '70';
    expect(form.isChanged).toBe(false);
    form.fields.asks = true;
    expect(form.changed).toEqual(['above']);
  });

  it('puts what the server says about a field beside that field, until something else stands there', async () => {
    const failure = shallowRef<Failure | null>(null);
    const refuse = (code: string, fields: Record<string, string> = {}) => {
      const words = { title: '不行', detail: `${code} 的话` };
      const facts = { status: 409, code, kind: 'refused', moved: 'no', params: {}, fields } as const;
      failure.value = { kind: 'problem', problem: { ...facts, ...words } };
    };
    const form = useForm({
      empty: () => ({ number: '', fresh: { head: '' }, price: '' }),
      wrong: () => ({ number: false, head: false, price: false }),
      sentence: () => '',
      send: () => Promise.resolve(),
      refusal: () => failure.value,
      fieldOf: { 'number.taken': 'number', priceHundredths: 'price' },
    });
    refuse('request.invalid', { 'fresh.head': '太长', priceHundredths: '太大', other: '不知道' });
    await form.submit();
    expect([form.errorOf('number'), form.errorOf('head'), form.errorOf('price')]).toEqual([
      ...[undefined, '太长', '太大'],
    ]);
    form.fields.fresh.head = '王';
    expect([form.errorOf('head'), form.errorOf('price')]).toEqual([undefined, '太大']);
    refuse('number.taken');
    form.fields.number = '12';
    await form.submit();
    expect([form.errorOf('number'), form.errorOf('price')]).toEqual(['number.taken 的话', undefined]);
    form.uncheck();
    expect(form.errorOf('number')).toBeUndefined();
    failure.value = null;
    await form.submit();
    expect(form.errorOf('number')).toBeUndefined();
  });
});
