import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** A project with our own settings, in which everything is used but what is called `spare`. */
const files: Record<string, string> = {
  'package.json': JSON.stringify({
    name: 'fixture',
    version: '1.0.0',
    type: 'module',
    dependencies: { zod: '4', papaparse: '5', vue: '3' },
  }),
  'server/main.mjs': "import { z } from 'zod';\nimport { used } from './rules.ts';\nconsole.log(z, used);",
  'server/rules.ts': 'export const used = 1;\nexport const spareExport = 2;\nexport type SpareType = string;',
  'server/spare-file.ts': 'export const lonely = 1;',
  'client/desk/main.ts': "import { createApp } from 'vue';\nimport Desk from './Desk.vue';\ncreateApp(Desk);",
  'client/desk/Desk.vue':
    '<script setup lang="ts">\nimport { onlyInVue } from \'../ui/words.ts\';\nonlyInVue();\n</script>\n<template><p /></template>',
  'client/desk/SparePart.vue': '<template><p /></template>',
  'client/ui/words.ts': 'export const onlyInVue = () => 1;\nexport const spareWord = 2;',
};

describe('the check for unused code', () => {
  let folder = '';
  let output = '';
  let status: number | null = 0;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-unused-'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    for (const file of ['knip.json', 'tsconfig.json']) cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    const knip = join(root, 'node_modules', 'knip', 'bin', 'knip.js');
    const result = spawnSync(process.execPath, [knip, '--no-progress'], { cwd: folder, encoding: 'utf8' });
    output = result.stdout;
    status = result.status;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('fails when something is unused', () => expect(status).toBe(1));

  it.each([
    'server/spare-file.ts',
    'client/desk/SparePart.vue',
    'spareExport',
    'SpareType',
    'spareWord',
    'papaparse',
  ])('names %s', (name) => expect(output).toContain(name));

  it('knows what is used, in .vue files too', () => {
    for (const name of ['onlyInVue', 'rules.ts:1', 'zod', 'Desk.vue']) expect(output).not.toContain(name);
  });
});
