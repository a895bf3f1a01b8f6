import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './db/sqlite/schema.cjs',
  out: './db/sqlite/migrations',
  casing: 'snake_case',
});
