import { ref } from 'vue';
import { describe, expect, it } from 'vitest';
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
});
